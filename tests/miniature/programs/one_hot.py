import torch
import torch.nn.functional as F
labels = torch.tensor([0, 2, 1])
oh = F.one_hot(labels, num_classes=4)
print(oh, oh.dtype)
print(F.one_hot(labels).float().mean(0))
F.one_hot(torch.tensor([5]), 3)
