import torch
x = torch.tensor([[1., 5., 5.], [2., 0., 1.]], requires_grad=True)
x.max().backward()
print(x.grad)
x.grad = None
x.max(dim=1).values.sum().backward()
print(x.grad)
x.grad = None
x.amax(dim=1).sum().backward()
print(x.grad)
