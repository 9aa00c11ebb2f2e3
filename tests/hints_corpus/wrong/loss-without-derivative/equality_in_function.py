import torch


def zero_one_loss(scores, y):
    hits = scores.round() == y  # <- cause
    return (~hits).sum() / len(y)


w = torch.randn(1, requires_grad=True)
x = torch.arange(5.0)
loss = zero_one_loss(x * w, 2 * x)
loss.backward()
