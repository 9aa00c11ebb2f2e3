import torch
import torch.nn as nn
out = torch.zeros(2, 3)
t = torch.tensor([0, 3])
nn.CrossEntropyLoss()(out, t)
