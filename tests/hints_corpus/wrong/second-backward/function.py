import torch


def step(loss, w):
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad


w = torch.ones(1, requires_grad=True)
loss = (w * 3 - torch.exp(w)) ** 2
for _ in range(2):
    step(loss, w)
