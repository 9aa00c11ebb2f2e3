import torch
torch.manual_seed(0)
a = torch.randn(3, requires_grad=True); b = torch.randn(3, requires_grad=True)
y = (a * b).sin() / (b.exp() + a ** 2)
ga, gb = torch.autograd.grad(y.sum(), (a, b), create_graph=True)
h = torch.autograd.grad((ga * gb).sum(), (a, b))
print(ga, gb, h)
print(torch.autograd.grad(a.sum(), [a], materialize_grads=True))
