import torch
import torch.nn as nn
torch.manual_seed(0)
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(3, 3) for _ in range(3)])
        self.scale = nn.Parameter(torch.ones(1))
    def forward(self, x):
        for l in self.layers:
            x = torch.tanh(l(x))
        return x * self.scale
m = M()
print(m)
print(len(list(m.parameters())))
print(m(torch.ones(1, 3)))
