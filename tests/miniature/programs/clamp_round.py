import torch
x = torch.tensor([-1.7, 0.5, 1.5, 2.567])
print(x.clamp(0, 2), x.clamp(min=0), x.round(), x.floor(), x.ceil(), x.trunc(), x.abs())
print(torch.round(x, decimals=1), x.sign(), x.frac(), x.int(), x.long())
print(torch.clamp(x, max=1.0), x.clip(-1, 1))
