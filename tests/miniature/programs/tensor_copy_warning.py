import torch
x = torch.tensor([1., 2.])
y = torch.tensor(x)
print(y)
z = torch.tensor(x, requires_grad=True)
print(z)
