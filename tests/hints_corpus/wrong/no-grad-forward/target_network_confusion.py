import torch
from torch import nn

q, target = nn.Linear(3, 2), nn.Linear(3, 2)
opt = torch.optim.Adam(q.parameters())
s, s2, r = torch.randn(4, 3), torch.randn(4, 3), torch.randn(4)
with torch.no_grad():
    q_values = q(s).max(1).values  # <- cause
    targets = r + 0.9 * target(s2).max(1).values
loss = nn.functional.smooth_l1_loss(q_values, targets)
opt.zero_grad()
loss.backward()
