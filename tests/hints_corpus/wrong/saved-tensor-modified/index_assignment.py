import torch

w = torch.randn(4, requires_grad=True)
state = torch.zeros(4)
for i in range(1, 4):
    state[i] = state[i - 1] * w[i] + 1  # <- cause
loss = state.sum()
loss.backward()
