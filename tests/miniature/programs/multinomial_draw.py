import torch
torch.manual_seed(0)
p = torch.tensor([0.1, 0.2, 0.3, 0.4])
print(torch.multinomial(p, 2))
print(torch.multinomial(p, 10, replacement=True))
