import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1)
for step in range(3):
    loss = ((x * w - 2 * x) ** 2 / 2).mean()
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    print(loss.item(), w.grad.norm())
