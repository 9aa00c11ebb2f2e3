import torch
from torch import nn
from torch.utils.data import TensorDataset, DataLoader
torch.manual_seed(7)
X = torch.randn(64, 5)
w_true = torch.tensor([1.5, -2., 0., .5, 1.])
y = (X @ w_true + 0.1 * torch.randn(64) > 0).float()
train_dl = DataLoader(TensorDataset(X, y), batch_size=16, shuffle=True)
class LogisticRegression(nn.Module):
    def __init__(self, n):
        super(LogisticRegression, self).__init__()
        self.linear = nn.Linear(n, 1)
    def forward(self, x):
        y_predicted = torch.sigmoid(self.linear(x))
        return y_predicted
model = LogisticRegression(5)
criterion = nn.BCELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(5):
    running = 0.
    for xb, yb in train_dl:
        out = model(xb).squeeze(1)
        loss = criterion(out, yb)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        running += loss.item() * xb.size(0)
    print(f'epoch {epoch+1}: loss {running/len(X):.4f}')
with torch.no_grad():
    acc = (model(X).squeeze().round() == y).float().mean()
    print(f'accuracy = {acc:.4f}')
    print(model(X)[:3])
