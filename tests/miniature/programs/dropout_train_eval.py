import torch
import torch.nn as nn
torch.manual_seed(0)
m = nn.Dropout(0.5)
x = torch.ones(10)
m.eval()
print(m(x))
m.train()
y = m(x)
print(((y == 0) | (y == 2)).all())
print(m.training, m)
