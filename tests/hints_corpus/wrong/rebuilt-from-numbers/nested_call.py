import torch


def to_scalar(t):
    return t.item()  # <- cause


def loss_fn(w, x):
    parts = [to_scalar((w * xi) ** 2) for xi in x]
    return torch.tensor(sum(parts))  # <- cause


w = torch.tensor(2.0, requires_grad=True)
loss_fn(w, [1.0, 2.0]).backward()
