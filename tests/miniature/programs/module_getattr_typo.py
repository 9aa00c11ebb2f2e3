import torch
import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer1 = nn.Linear(3, 2)
    def forward(self, x):
        return self.layer_1(x)
Net()(torch.ones(1, 3))
