import torch
import torch.nn as nn
torch.manual_seed(0)
conv = nn.Conv2d(1, 2, 3)
x = torch.randn(1, 1, 5, 5)
print(conv(x).shape)
print(nn.Flatten()(conv(x)).shape)
print(nn.MaxPool2d(2)(x).shape)
