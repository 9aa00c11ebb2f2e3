import torch, torch.nn as nn
torch.manual_seed(0)
x = torch.randn(5, 3, requires_grad=True)
y = torch.tensor([0, 2, -100, 1, 1])
for red in ("mean", "sum", "none"):
    for w in (None, torch.tensor([1., 2., 0.5])):
        l = nn.CrossEntropyLoss(weight=w, label_smoothing=0.2, reduction=red)(x, y)
        x.grad = None
        l.sum().backward()
        print(red, l, x.grad[0])
l = nn.CrossEntropyLoss(ignore_index=1)(x, torch.tensor([0, 2, 0, 1, 1])); print(l)
