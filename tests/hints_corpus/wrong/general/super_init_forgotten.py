import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        self.lin = nn.Linear(2, 1)


Net()
