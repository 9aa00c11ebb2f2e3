import torch
import torch.nn as nn
torch.manual_seed(0)
m = nn.Linear(3, 2)
loss = (m(torch.ones(4, 3) * 10) ** 2).sum()
loss.backward()
total = torch.nn.utils.clip_grad_norm_(m.parameters(), max_norm=1.0)
print(total)
print(m.weight.grad.norm(), m.bias.grad)
torch.nn.utils.clip_grad_value_(m.parameters(), 0.1)
print(m.weight.grad.max())
