import torch
x = torch.randint(10)
