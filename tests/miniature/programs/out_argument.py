import torch
a = torch.zeros(3)
torch.add(torch.ones(3), 1, out=a)
print(a)
