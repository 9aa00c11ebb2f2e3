import torch
import torch.nn.functional as F
pred = torch.ones(4, 1, requires_grad=True)
target = torch.zeros(4)
loss = F.mse_loss(pred, target)
print(loss)
loss = F.l1_loss(pred, target)
print(loss)
loss = torch.nn.SmoothL1Loss()(pred, target)
print(loss)
