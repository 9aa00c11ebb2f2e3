import torch

x = torch.randn(20)
y = 4 * x
w = torch.tensor(0.0, requires_grad=True)
for _ in range(5):
    loss = ((w * x - y) ** 2).mean()
    loss.backward()
    w = (w - 0.1 * w.grad).detach().requires_grad_()  # <- cause
    w.grad.zero_()
