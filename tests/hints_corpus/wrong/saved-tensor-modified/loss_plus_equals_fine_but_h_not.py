import torch

w = torch.randn(2, requires_grad=True)
loss = torch.zeros(())
h = torch.ones(2)
for t in range(3):
    h = torch.tanh(w * h)
    loss = loss + h.sum()
h.clamp_(min=0)  # <- cause
loss.backward()
