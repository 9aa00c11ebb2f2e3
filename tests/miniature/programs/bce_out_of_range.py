import torch
import torch.nn as nn
p = torch.tensor([1.2, -0.3])
t = torch.tensor([1., 0.])
nn.BCELoss()(p, t)
