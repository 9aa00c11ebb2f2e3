import torch


@torch.no_grad()
def update(params, lr):
    for p in params:
        p -= lr * p.grad
        p.grad = None


def step(params, X, y):
    w, b = params
    torch.nn.functional.mse_loss(torch.addmm(b, X, w), y).backward()
    update(params, lr=0.05)
