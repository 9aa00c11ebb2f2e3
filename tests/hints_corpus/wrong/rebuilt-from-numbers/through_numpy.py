import torch

x = torch.arange(3.0)
w = torch.ones(1, requires_grad=True)
y_hat = torch.from_numpy((w * x).detach().numpy())
torch.mean((y_hat - 2) ** 2).backward()
