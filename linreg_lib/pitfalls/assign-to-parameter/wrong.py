import torch

layer = torch.nn.Linear(2, 1)
layer.weight = torch.tensor([[2.0, -3.4]])
print(layer.weight)
