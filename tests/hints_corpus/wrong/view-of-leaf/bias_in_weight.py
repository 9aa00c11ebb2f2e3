import torch

W = torch.randn(3, 4, requires_grad=True)
x = torch.randn(4)
for step in range(2):
    loss = (W @ x).sum()
    loss.backward()
    for i in range(3):
        W[i] -= 0.1 * W.grad[i]  # <- cause
