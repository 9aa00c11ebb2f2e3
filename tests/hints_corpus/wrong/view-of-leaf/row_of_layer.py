import torch
from torch import nn

emb = nn.Embedding(10, 4)
emb.weight[0] = torch.zeros(4)  # <- cause
