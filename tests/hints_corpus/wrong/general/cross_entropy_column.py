import torch
from torch import nn

logits = nn.Linear(4, 3)(torch.randn(5, 4))
labels = torch.randint(0, 3, (5, 1))
nn.functional.cross_entropy(logits, labels)
