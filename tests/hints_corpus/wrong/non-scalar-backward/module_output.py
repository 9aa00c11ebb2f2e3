import torch

model = torch.nn.Linear(4, 3)
model(torch.randn(2, 4)).backward()  # <- cause
