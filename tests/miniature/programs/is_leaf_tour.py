import torch
a = torch.rand(2, requires_grad=True)
b = a + 0
c = torch.rand(2).requires_grad_()
d = torch.nn.Parameter(b.detach())
print(a.is_leaf, b.is_leaf, c.is_leaf, d.is_leaf, a.detach().is_leaf, b.data.is_leaf)
print(b.grad_fn.next_functions[0][0].variable is a)
print(a.grad_fn, b.grad_fn.name())
