import torch
class STE(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input, threshold):
        ctx.save_for_backward(input)
        ctx.threshold = threshold
        return (input > threshold).float()
    @staticmethod
    def backward(ctx, g):
        input, = ctx.saved_tensors
        gi = g.clone()
        gi[input.abs() > 1] = 0
        return gi, None
a = torch.linspace(-2, 2, 5, requires_grad=True)
b = STE.apply(a, 0.5)
print(b)
(b * torch.arange(5.)).sum().backward()
print(a.grad)
