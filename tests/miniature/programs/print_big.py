import torch
print(torch.arange(2000))
print(torch.zeros(50, 50))
print(torch.ones(2000) * 0.5)
print(torch.arange(30).float())
print(torch.eye(12))
