import torch
import torch.nn as nn
torch.manual_seed(0)
a = nn.Linear(2, 1)
b = nn.Linear(2, 1)
print(a.state_dict())
print(torch.equal(a.weight, b.weight))
b.load_state_dict(a.state_dict())
print(torch.equal(a.weight, b.weight))
for k, v in b.state_dict().items():
    print(k, v.size())
c = nn.Linear(3, 1)
c.load_state_dict(a.state_dict())
