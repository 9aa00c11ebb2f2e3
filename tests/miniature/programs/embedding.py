import torch
import torch.nn as nn
torch.manual_seed(0)
emb = nn.Embedding(5, 3)
ix = torch.tensor([[0, 2], [4, 4]])
out = emb(ix)
print(out.shape)
out.sum().backward()
print(emb.weight.grad)
print(emb)
emb(torch.tensor([7]))
