# The same training with nn.Linear and an optimizer | book/pitfalls/modules-and-optimizers
import torch
from torch import nn

torch.manual_seed(0)
X = torch.normal(0, 1, (20, 2))
y = X @ torch.tensor([[2.0], [-3.4]]) + 4.2

model = nn.Linear(2, 1)
loss_fn = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

for step in range(20):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    if step % 5 == 4:
        print(f"step {step + 1}, loss {loss.item():.4f}")

print(model.weight.data, model.bias.data)
