import torch
x = torch.tensor([1., 2., 3.], requires_grad=True)
y = torch.exp(x)
y += 1
y.sum().backward()
