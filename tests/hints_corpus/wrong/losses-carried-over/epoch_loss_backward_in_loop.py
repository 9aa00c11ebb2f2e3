import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def fit(model, loader, epochs=1):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for epoch in range(epochs):
        epoch_loss = 0.0
        for xb, yb in loader:
            loss = nn.functional.mse_loss(torch.tanh(model(xb)), yb)
            epoch_loss = epoch_loss + loss  # <- cause
            optimizer.zero_grad()
            epoch_loss.backward()
            optimizer.step()
        print(epoch_loss / len(loader))


ds = TensorDataset(torch.randn(8, 2), torch.randn(8, 1))
fit(nn.Linear(2, 1), DataLoader(ds, batch_size=4))
