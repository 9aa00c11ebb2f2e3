import torch
import torch.nn as nn
out = torch.tensor([[0.3], [0.9], [0.1]])
y = torch.tensor([0., 1., 0.])
crit = nn.BCELoss()
try:
    crit(out, y)
except ValueError as err:
    print("ValueError:", err)
print(crit(out.squeeze(-1), y))
print(crit(out, y.view(-1, 1)).item())
