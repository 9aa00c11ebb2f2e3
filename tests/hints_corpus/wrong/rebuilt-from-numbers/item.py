import torch

x = torch.arange(3.0)
w = torch.ones(1, requires_grad=True)
loss = torch.tensor((w * x).sum().item())
loss.backward()
