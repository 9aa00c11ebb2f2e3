import torch


def step(params, X, y):
    w, b = params
    opt = torch.optim.SGD(params, lr=0.01)
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    opt.step()
    return loss.item()
