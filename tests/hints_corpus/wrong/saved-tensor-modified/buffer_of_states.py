import torch

A = torch.randn(3, 3, requires_grad=True)
T = 5
states = torch.zeros(T, 3)
states[0] = torch.ones(3)
for t in range(1, T):
    states[t] = torch.tanh(A @ states[t - 1])  # <-
loss = states.pow(2).sum()
loss.backward()
