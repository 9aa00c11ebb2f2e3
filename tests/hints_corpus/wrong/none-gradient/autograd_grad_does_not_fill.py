import torch

w = torch.tensor([1.0, 1.0], requires_grad=True)
x = torch.tensor([2.0, 3.0])
loss = (w @ x) ** 2
g = torch.autograd.grad(loss, w)
w.data.sub_(0.01 * w.grad)
