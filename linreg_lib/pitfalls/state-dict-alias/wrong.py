import torch

x = torch.tensor([[1.0], [2.0], [3.0]])
model = torch.nn.Linear(1, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
best = model.state_dict()
before = model.weight.item()
loss = ((model(x) - 2 * x) ** 2).mean()
loss.backward()
optimizer.step()
model.load_state_dict(best)
print(model.weight.item() == before)
