import torch

w = torch.ones(1, requires_grad=True)
torch.optim.LBFGS([w]).step()
