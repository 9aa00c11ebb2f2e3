import torch
import torch.nn as nn

torch.manual_seed(42)
x = torch.linspace(0, 10, 20).reshape(-1, 1)
y = 3 * x + 2 + torch.randn(20, 1) * 0.5

model = nn.Linear(1, 1)
criterion = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
for epoch in range(100):
    optimizer.zero_grad()
    pred = model(x)
    loss = criterion(pred, y)
    loss.backward()
    optimizer.step()
    if epoch % 20 == 0:
        print(f"epoch {epoch:3d}, loss {loss.item():.4f}")
print(model.weight, model.bias)
print(model)
