import torch
for code in ("torch.optim.lr_scheduler.SequentialLR(o, [], [])", "torch.optim.lr_scheduler.SequentialLR(o, [torch.optim.lr_scheduler.ConstantLR(o)], [1])", "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(o, 0)", "torch.optim.lr_scheduler.CyclicLR(o, 0.1, 1, mode='x')", "torch.optim.lr_scheduler.CyclicLR(torch.optim.Adagrad([w]), 0.1, 1.)", "torch.optim.lr_scheduler.StepLR(o, 1).get_lr()", "torch.optim.lr_scheduler.ExponentialLR(o, 0.5).get_last_lr()"):
    w = torch.zeros(1, requires_grad=True); o = torch.optim.SGD([w], lr=0.1)
    try: print(code, eval(code))
    except Exception as e: print(code, type(e).__name__, e)
