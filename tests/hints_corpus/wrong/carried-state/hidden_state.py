import torch

w = torch.ones(1, requires_grad=True)
h = torch.zeros(1)
for x in torch.arange(4.0):
    h = torch.tanh(w * x + h)
    loss = (h - 1) ** 2
    loss.backward()
