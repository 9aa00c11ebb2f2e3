import torch
from torch import nn

emb = nn.Embedding(10, 3)
ids = torch.tensor([1.0, 2.0])
emb(ids)
