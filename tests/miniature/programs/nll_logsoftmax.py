import torch
import torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(0)
x = torch.randn(3, 4, requires_grad=True)
t = torch.tensor([1, 0, 3])
a = F.nll_loss(F.log_softmax(x, dim=1), t)
b = F.cross_entropy(x, t)
print(a, b)
b.backward()
print(x.grad)
w = torch.tensor([1., 2., 1., 0.5])
print(nn.CrossEntropyLoss(weight=w)(x, t))
print(F.cross_entropy(x, t, reduction='none'))
