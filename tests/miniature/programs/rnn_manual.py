import torch
torch.manual_seed(0)
Wx = torch.randn(3, 4) * 0.1
Wh = torch.randn(4, 4, requires_grad=True)
h = torch.zeros(1, 4)
for t in range(4):
    h = torch.tanh(torch.randn(1, 3) @ Wx + h @ Wh)
h.sum().backward()
print(Wh.grad.norm() > 0, h.shape)
print(h)
