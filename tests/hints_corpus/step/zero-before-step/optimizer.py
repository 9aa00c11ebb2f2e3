import torch


def step(params, X, y):
    w, b = params
    opt = torch.optim.SGD(params, lr=0.1)
    ((X @ w + b - y) ** 2).mean().backward()
    opt.zero_grad(set_to_none=False)
    opt.step()
