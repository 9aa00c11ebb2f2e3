import torch
a = torch.tensor([1., 2.], requires_grad=True)
b = a * 3
c = b ** 2
b[0] = 0.
c.sum().backward()
