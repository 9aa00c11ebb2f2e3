import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

data = TensorDataset(torch.rand(8, 1, 4, 4), torch.randint(0, 2, (8,)))
model = nn.Linear(16, 2)
for images, labels in DataLoader(data, batch_size=4):
    logits = model(images)  # <- cause
