import torch
import torch.nn as nn
class Net(nn.Module):
    def forward(self, x):
        return x * 2
try:
    Net(torch.ones(2))
except TypeError as e:
    print(e)
print(Net()(torch.ones(2)))
