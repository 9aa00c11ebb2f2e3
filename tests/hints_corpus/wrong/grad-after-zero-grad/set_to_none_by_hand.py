import torch

w = torch.randn(3, requires_grad=True)
x = torch.randn(3)
for i in range(2):
    loss = (w * x).sum() ** 2
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad = None  # <- cause
    print(i, float(loss), w.grad.norm().item())
