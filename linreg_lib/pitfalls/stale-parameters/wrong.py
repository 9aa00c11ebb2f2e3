import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
first_loss = {}
for lr in (0.1, 0.001):
    for step in range(30):
        loss = ((x * w - 2 * x) ** 2 / 2).mean()
        loss.backward()
        first_loss.setdefault(lr, loss.item())
        with torch.no_grad():
            w -= lr * w.grad
            w.grad.zero_()
print(first_loss)
