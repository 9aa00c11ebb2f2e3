import torch
import torch.nn as nn
class AE(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = nn.Linear(3, 2, bias=False)
        self.dec = nn.Linear(2, 3, bias=False)
        self.dec.weight = nn.Parameter(self.enc.weight.t())
    def forward(self, x):
        return self.dec(self.enc(x))
torch.manual_seed(0)
m = AE()
print([n for n, _ in m.named_parameters()])
print(m(torch.ones(1, 3)).shape)
print(m.enc.weight.data_ptr() == m.dec.weight.data_ptr())
