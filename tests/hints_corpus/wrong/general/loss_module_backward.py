import torch
from torch import nn

criterion = nn.MSELoss()
criterion.backward()
