import torch
x = torch.arange(1, 7)
print(x.cumsum(0), torch.cumprod(x, dim=0))
m = x.view(2, 3)
print(torch.cumsum(m, dim=1))
print(m.cumsum(dim=0))
y = torch.tensor([1., 2., 3.], requires_grad=True)
y.cumsum(0)[-1].backward()
print(y.grad)
