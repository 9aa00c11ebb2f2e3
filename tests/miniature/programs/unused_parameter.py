import torch
import torch.nn as nn
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2, 2)
        self.b = nn.Linear(2, 2)
    def forward(self, x):
        return self.a(x)
m = M()
m(torch.ones(1, 2)).sum().backward()
for n, p in m.named_parameters():
    print(n, p.grad is None)
