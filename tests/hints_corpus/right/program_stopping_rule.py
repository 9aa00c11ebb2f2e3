import torch

x = torch.linspace(-1, 1, 20)
y = 2 * x + 5 + torch.randn(20, generator=torch.Generator().manual_seed(0))
w = torch.zeros(2, requires_grad=True)
before = float("inf")
for step_number in range(1000):
    loss = ((w[0] * x + w[1] - y) ** 2 / 2).mean()
    if before - loss.item() < 1e-7:
        break
    before = loss.item()
    (g,) = torch.autograd.grad(loss, w)
    with torch.no_grad():
        w -= 0.5 * g
assert step_number < 999
