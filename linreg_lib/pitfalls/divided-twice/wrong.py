import torch

x = torch.linspace(-1, 1, 100)
w = torch.zeros(1, requires_grad=True)
for step in range(100):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.3 * w.grad / len(x)
    w.grad = None
print(loss, w)
