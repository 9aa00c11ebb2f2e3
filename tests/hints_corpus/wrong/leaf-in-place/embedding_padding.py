import torch
from torch import nn

emb = nn.Embedding(5, 2)
emb.weight.mul_(0.1)  # <- cause
