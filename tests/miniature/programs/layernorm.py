import torch
import torch.nn as nn
ln = nn.LayerNorm(4)
x = torch.arange(8.).view(2, 4)
print(ln(x))
print(ln)
print([tuple(p.shape) for p in ln.parameters()])
