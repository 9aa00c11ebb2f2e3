import torch
x = torch.tensor([[1], [2], [3]])
print(x.expand(3, 4), x.expand(-1, 2))
print(x.repeat(2, 2))
print(torch.arange(3).repeat(2), torch.arange(3).repeat_interleave(2))
e = x.expand(3, 4)
e[0, 0] = 7
