import torch


def loss_fn(y_hat, y):
    errors = [float(a - b) ** 2 for a, b in zip(y_hat, y)]
    return torch.tensor(errors).mean()


x = torch.arange(3.0)
w = torch.ones(1, requires_grad=True)
loss = loss_fn(w * x, 2 * x)
loss.backward()
