import copy
import torch
import torch.nn as nn
torch.manual_seed(0)
m = nn.Sequential(nn.Linear(2, 2), nn.ReLU())
m2 = copy.deepcopy(m)
with torch.no_grad():
    m[0].weight.fill_(0)
print(m[0].weight, m2[0].weight.abs().sum() > 0)
x = torch.ones(2, requires_grad=True)
copy.deepcopy(x * 2)
