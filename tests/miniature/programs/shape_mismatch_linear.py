import torch
import torch.nn as nn
layer = nn.Linear(10, 5)
x = torch.randn(4, 8)
print(layer(x))
