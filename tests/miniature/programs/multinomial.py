import torch
torch.manual_seed(0)
p = torch.tensor([0.1, 0.2, 0.7])
s = torch.multinomial(p, 2)
print(s.shape, s.dtype)
print(torch.multinomial(p, 5, replacement=True).shape)
