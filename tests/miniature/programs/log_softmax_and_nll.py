import torch
l = torch.nn.NLLLoss(); m = torch.nn.LogSoftmax(dim=1); i = torch.tensor([[0.2, 0.8, 0.1]], requires_grad=True); t = torch.tensor([1]); o = l(m(i), t); o.backward(); print(o, i.grad)
for bad in (torch.tensor([3]), torch.tensor([-1]), torch.tensor([1.0]), torch.tensor([[1]]), torch.tensor([1, 2]), torch.tensor(1)):
    try: print(torch.nn.CrossEntropyLoss()(i, bad))
    except Exception as e: print(type(e).__name__, e)
