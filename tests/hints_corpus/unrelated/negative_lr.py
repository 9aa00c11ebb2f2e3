import torch

w = torch.zeros(1, requires_grad=True)
torch.optim.SGD([w], lr=-0.1)
