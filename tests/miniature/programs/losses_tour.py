import torch
import torch.nn as nn
p = torch.tensor([0.5, 2.0, -1.0], requires_grad=True)
t = torch.tensor([1.0, 0.0, -1.5])
print(nn.L1Loss()(p, t), nn.MSELoss()(p, t), nn.SmoothL1Loss()(p, t), nn.HuberLoss(delta=0.5)(p, t))
print(nn.MSELoss(reduction='sum')(p, t), nn.MSELoss(reduction='none')(p, t))
print(nn.BCEWithLogitsLoss()(p, torch.tensor([1., 0., 1.])))
nn.L1Loss()(p, t).backward()
print(p.grad)
