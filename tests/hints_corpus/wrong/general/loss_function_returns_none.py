import torch


def loss_fn(y_hat, y):
    loss = ((y_hat - y) ** 2).mean()


w = torch.ones(1, requires_grad=True)
loss = loss_fn(w * 2, torch.ones(1))
loss.backward()
