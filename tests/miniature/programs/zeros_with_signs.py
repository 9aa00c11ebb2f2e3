import torch
x = torch.tensor([-1.5, -0.5, 0.5, 1.5, 2.5, -0.2]); print(x.round(), x.floor(), x.ceil(), x.trunc(), x.int(), torch.round(x * 10) / 10, -x.round(), (x * 0), x.round(decimals=1), torch.sign(x * 0), x.fmod(1), x % 1, x // 1, x.frac(), x.clamp(-1, 1), -torch.zeros(1), torch.zeros(1) * -1, x.round().abs(), x.ceil() + 0)
