import torch, torch.nn as nn, torch.nn.functional as F
x = torch.tensor([[1., 2., 3.]])
print(F.softmax(x))
m = nn.Softmax()
print(m(x))
print(F.log_softmax(x, dim=1), nn.LogSoftmax(dim=-1)(x))
