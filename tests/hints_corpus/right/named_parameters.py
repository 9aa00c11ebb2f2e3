import torch


def step(params, X, y):
    named = dict(zip(("weights", "bias"), params, strict=True))
    y_hat = X.matmul(named["weights"]) + named["bias"]
    loss = torch.mean((y - y_hat) ** 2)
    loss.backward()
    with torch.no_grad():
        for p in named.values():
            p -= 0.1 * p.grad
            p.grad.fill_(0)
