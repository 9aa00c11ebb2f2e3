import torch

params = [torch.zeros(2, requires_grad=True), torch.zeros(1, requires_grad=True)]
(params[0].sum() + params[1].sum()).backward()
params[0] += -0.1 * params[0].grad  # <- cause
