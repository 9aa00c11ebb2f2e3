import torch
class MulAdd(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a, b, c):
        ctx.save_for_backward(a, b)
        return a * b + c, a - b
    @staticmethod
    def backward(ctx, g1, g2):
        a, b = ctx.saved_tensors
        print(ctx.needs_input_grad)
        return g1 * b + g2, g1 * a - g2, g1
a, b = torch.tensor(2., requires_grad=True), torch.tensor(3., requires_grad=True)
y, z = MulAdd.apply(a, b, torch.tensor(1.))
(y + z).backward()
print(a.grad, b.grad, y, z)
