import torch
from torch import nn

model = nn.Linear(3, 1)
x_train, y_train = torch.randn(8, 3), torch.randn(8, 1)
x_val, y_val = torch.randn(4, 3), torch.randn(4, 1)
criterion = nn.MSELoss()


def validate():
    model.eval()
    with torch.no_grad():
        loss = criterion(model(x_val), y_val)  # <- cause
    model.train()
    return loss


for epoch in range(2):
    loss = criterion(model(x_train), y_train)
    loss = validate()
    loss.backward()
