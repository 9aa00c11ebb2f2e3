import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
for step in range(2):
    loss = ((x * w - 2 * x) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
    w.grad = None
print(w)
