import torch
class Mul(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        ctx.k = 2
        return a * b
    @staticmethod
    def backward(ctx, g):
        a, b = ctx.saved_tensors
        print(ctx.needs_input_grad, ctx.k)
        return g * b, None
a = torch.tensor(3., requires_grad=True)
b = torch.tensor(4., requires_grad=True)
out = Mul.apply(a, b)
out.backward()
print(a.grad, b.grad)
