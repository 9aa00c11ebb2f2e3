import torch
x = torch.tensor([1.2, 2.7], requires_grad=True)
y = x.round().sum()
y.backward()
print(x.grad)
z = (x > 1).float().sum()
z.backward()
