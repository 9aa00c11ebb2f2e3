import torch
a = torch.randn(2, 3)
b = torch.randn(2, 3)
try:
    a @ b
except RuntimeError as e:
    print(e)
print((a @ b.T).shape)
try:
    torch.mm(a, b[0])
except RuntimeError as e:
    print(e)
print((a @ b[0]).shape)
try:
    torch.dot(a, b)
except RuntimeError as e:
    print(e)
