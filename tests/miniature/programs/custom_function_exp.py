import torch
class MyExp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, i):
        result = i.exp()
        ctx.save_for_backward(result)
        return result
    @staticmethod
    def backward(ctx, grad_output):
        result, = ctx.saved_tensors
        return grad_output * result
x = torch.tensor([0., 1., 2.], requires_grad=True)
y = MyExp.apply(x)
print(y, y.grad_fn.name())
y.sum().backward()
print(x.grad)
try:
    MyExp()(x)
except RuntimeError as e:
    print("RuntimeError:", e)
