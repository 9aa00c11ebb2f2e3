import math
import torch
torch.manual_seed(0)
x = torch.linspace(-math.pi, math.pi, 50)
y = torch.sin(x)
a, b, c, d = (torch.randn(()) for _ in range(4))
lr = 1e-5
for t in range(40):
    y_pred = a + b * x + c * x ** 2 + d * x ** 3
    loss = (y_pred - y).pow(2).sum().item()
    if t % 20 == 19:
        print(t, round(loss, 3))
    grad = 2.0 * (y_pred - y)
    a -= lr * grad.sum()
    b -= lr * (grad * x).sum()
    c -= lr * (grad * x ** 2).sum()
    d -= lr * (grad * x ** 3).sum()
print(f"y = {a.item():.4f} + {b.item():.4f} x + {c.item():.4f} x^2 + {d.item():.4f} x^3")
