import torch
class Id(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x
    @staticmethod
    def backward(ctx, g): return -g
x = torch.ones(2, requires_grad=True)
y = Id.apply(x); print(y, y.is_leaf, y is x, y._is_view()); y.sum().backward(); print(x.grad)
y = Id.apply(x * 2)
try: y.add_(1)
except RuntimeError as e: print(e)
z = Id.apply(torch.ones(2)); print(z.requires_grad, z); z += 1
y = Id.apply(x) * 3; y.sum().backward(); print(x.grad)
