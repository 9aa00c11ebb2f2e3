import torch
from torch import nn

model = nn.Linear(3, 1)
X = torch.randn(6, 3)
y = torch.randint(0, 2, (6, 1))
criterion = nn.BCEWithLogitsLoss()
for _ in range(3):
    logits = model(X)
    loss = criterion(logits, y)  # <-
    loss.backward()
