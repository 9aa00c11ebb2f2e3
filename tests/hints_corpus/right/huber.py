import torch


def step(params, X, y):
    w, b = params
    loss = torch.nn.functional.huber_loss(X @ w + b, y)
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()
    return loss.item()
