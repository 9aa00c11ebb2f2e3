import torch

x = torch.randn(10)
y = 3 * x
w = torch.zeros(1, requires_grad=True)
loss = ((w * x - y) ** 2).mean()  # <- cause
opt = torch.optim.SGD([w], lr=0.1)
for i in range(5):
    opt.zero_grad()
    loss.backward()
    opt.step()
