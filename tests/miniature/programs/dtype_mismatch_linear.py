import torch
import torch.nn as nn
layer = nn.Linear(3, 1)
x = torch.tensor([[1, 2, 3]])
try:
    layer(x)
except RuntimeError as e:
    print("error:", e)
print(layer(x.float()).shape)
