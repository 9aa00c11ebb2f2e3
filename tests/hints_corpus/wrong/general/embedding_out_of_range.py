import torch
from torch import nn

emb = nn.Embedding(10, 3)
emb(torch.tensor([3, 10]))
