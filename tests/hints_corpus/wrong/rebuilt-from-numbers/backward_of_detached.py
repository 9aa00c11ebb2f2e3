import torch

w = torch.randn(2, requires_grad=True)
y = (w * 3).relu_()
z = y.detach()  # <- cause
z.backward(torch.ones(2))
