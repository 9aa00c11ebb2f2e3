import torch
X = torch.arange(6.).reshape(2, 3)
m = X.mean(dim=1)
try:
    print(X - m)
except RuntimeError as e:
    print(e)
print(X - m.unsqueeze(1))
print(X - X.mean(dim=1, keepdim=True))
