import torch

x = torch.tensor([1.0, 2.0, 3.0])
v = torch.ones(1, requires_grad=True)
w = torch.ones(1, requires_grad=True)
optimizer = torch.optim.SGD([v, w], lr=0.01)
for step in range(2):
    loss = ((x * v * w - 2 * x) ** 2).mean()
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
print(v, w)
