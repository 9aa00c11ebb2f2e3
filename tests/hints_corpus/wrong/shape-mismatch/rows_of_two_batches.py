import torch
from torch import nn

classifier = nn.Linear(4, 3)
X, y = torch.randn(12, 4), torch.randint(0, 3, (10,))
loss = nn.CrossEntropyLoss()(classifier(X), y)  # <-
