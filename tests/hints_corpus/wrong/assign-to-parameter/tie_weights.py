import torch
from torch import nn

enc, dec = nn.Linear(3, 2), nn.Linear(2, 3)
dec.weight = enc.weight.t()  # <- cause
