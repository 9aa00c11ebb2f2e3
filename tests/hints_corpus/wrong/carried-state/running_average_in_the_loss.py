import torch

w = torch.randn(3, requires_grad=True)
avg = torch.zeros(1)
x, y = torch.randn(5, 3), torch.randn(5)
for i in range(3):
    loss = ((x @ w - y) ** 2).mean()
    avg = 0.9 * avg + 0.1 * loss  # <-
    (loss / avg).backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad = None
