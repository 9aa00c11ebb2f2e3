import torch
import torch.nn as nn
out = torch.randn(4, 3)
t = torch.tensor([0., 1., 2., 1.])
nn.CrossEntropyLoss()(out, t)
