import torch

w = torch.zeros(1, requires_grad=True)
torch.optim.SGD([w], learning_rate=0.1)
