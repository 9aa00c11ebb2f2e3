import torch

x = torch.linspace(-1, 1, 30)
y = 0.5 * x + 2
params = [torch.randn((), requires_grad=True) for _ in range(2)]
w, b = [p.clone().detach().requires_grad_() for p in params]
for epoch in range(5):
    loss = ((w * x + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w = w - 0.1 * w.grad  # <- cause
        b = b - 0.1 * b.grad  # <- cause
