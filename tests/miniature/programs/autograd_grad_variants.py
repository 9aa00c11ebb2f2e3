import torch
a = torch.tensor([1., 2.], requires_grad=True)
b = torch.tensor([3., 4.], requires_grad=True)
c = torch.tensor([0.], requires_grad=True)
y = a * b
print(torch.autograd.grad(y, [a, b], grad_outputs=torch.ones(2), retain_graph=True))
print(torch.autograd.grad(y.sum(), [a, c], allow_unused=True, retain_graph=True))
print(torch.autograd.grad([y.sum(), (a ** 2).sum()], a, retain_graph=True))
print(a.grad)
torch.autograd.backward([y.sum(), y.mean()])
print(a.grad, b.grad)
torch.autograd.grad(y.sum(), c)
