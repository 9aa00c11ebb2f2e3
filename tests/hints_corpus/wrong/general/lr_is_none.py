import torch

config = {"epochs": 3}
lr = config.get("lr")
w = torch.zeros(1, requires_grad=True)
loss = (w - 1).pow(2).sum()
loss.backward()
with torch.no_grad():
    w -= lr * w.grad
