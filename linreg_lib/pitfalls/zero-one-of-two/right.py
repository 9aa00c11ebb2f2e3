import torch

x = torch.tensor([-1.0, 0.0, 1.0])
w = torch.zeros(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for step in range(42):
    loss = ((x * w + b - (2 * x + 4)) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        for param in (w, b):
            param -= 0.2 * param.grad
            param.grad = None
print(w, b)
