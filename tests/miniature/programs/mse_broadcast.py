import torch
import torch.nn as nn
pred = torch.randn(8, 1, requires_grad=True)
target = torch.arange(8.)
loss = nn.MSELoss()(pred, target)
loss.backward()
print(loss, pred.grad.shape)
print(pred.grad)
