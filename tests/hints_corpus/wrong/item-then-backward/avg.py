import torch

w = torch.ones(3, requires_grad=True)
losses = []
for i in range(3):
    losses.append((w[i] * i).item())  # <- cause
loss = sum(losses) / len(losses)
loss.backward()
