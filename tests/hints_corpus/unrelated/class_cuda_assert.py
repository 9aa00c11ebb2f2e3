import torch

model = torch.nn.Linear(1, 1)
optimizer = torch.optim.Adam(model.parameters())
optimizer.param_groups[1]["lr"] = 0.1
