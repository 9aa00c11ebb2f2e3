import torch

q, k = torch.randn(2, 4, 8), torch.randn(2, 4, 8)
scores = torch.bmm(q, k)
