import torch
import torch.nn as nn
m = nn.Linear(2, 1)
m.weight.data = torch.zeros(1, 2)
print(m.weight)
m.weight = torch.ones(1, 2)
