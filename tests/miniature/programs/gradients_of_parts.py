import torch
x = torch.arange(7., requires_grad=True)
a, b, c = torch.tensor_split(x, 3)
(a.sum() * 2 + (b ** 2).sum() + c.mean()).backward()
print(x.grad); x.grad = None
(x.unfold(0, 3, 2) * torch.tensor([1., 2., 3.])).sum().backward(); print(x.grad); x.grad = None
x.norm(p=1).backward(); print(x.grad); x.grad = None
x.norm(float("inf")).backward(); print(x.grad)
y = torch.tensor([1., float("nan"), 3.], requires_grad=True)
y.nanmean().backward(); print(y.grad)
