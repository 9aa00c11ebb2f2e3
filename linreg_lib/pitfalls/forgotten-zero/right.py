import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
for step in range(19):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad = None
print(w)
