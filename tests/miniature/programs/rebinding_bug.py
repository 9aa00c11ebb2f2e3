import torch
w = torch.randn(3, requires_grad=True)
x = torch.ones(3)
for i in range(2):
    loss = (w * x).sum()
    loss.backward()
    w = w - 0.1 * w.grad
print(w)
