import torch
from torch import nn

model = nn.Linear(4, 3)
x = torch.randn(10, 4)
y = torch.randint(0, 3, (10,))
opt = torch.optim.SGD(model.parameters(), lr=0.1)
pred = model(x).argmax(dim=1)  # <- cause
accuracy = (pred == y).float().mean()
loss = 1 - accuracy
loss.backward()
opt.step()
