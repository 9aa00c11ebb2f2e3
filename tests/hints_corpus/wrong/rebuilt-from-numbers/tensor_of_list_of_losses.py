import torch

w = torch.ones(1, requires_grad=True)
losses = []
for i in range(3):
    losses.append((w * i - 1) ** 2)
loss = torch.Tensor(losses).mean()
loss.backward()
