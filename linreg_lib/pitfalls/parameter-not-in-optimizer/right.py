import torch

x = torch.tensor([1.0, 2.0, 3.0])
y = 2 * x + 4
w = torch.zeros(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([w, b], lr=0.1)
for step in range(200):
    loss = ((x * w + b - y) ** 2 / 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(w, b)
