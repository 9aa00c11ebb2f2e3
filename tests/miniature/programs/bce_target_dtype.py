import torch
import torch.nn as nn
p = torch.tensor([0.2, 0.7])
t = torch.tensor([0, 1])
try:
    print(nn.BCELoss()(p, t))
except RuntimeError as e:
    print(e)
print(nn.BCELoss()(p, t.float()))
print(nn.BCEWithLogitsLoss()(p, t.float().unsqueeze(0)))
