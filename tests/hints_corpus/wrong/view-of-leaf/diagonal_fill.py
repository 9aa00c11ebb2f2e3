import torch

A = torch.nn.Parameter(torch.randn(3, 3))
A.diagonal().fill_(1.0)  # <- cause
