import torch


def step(params, X, y):
    w, b = params
    optimizer = torch.optim.SGD(params, lr=0.03)
    optimizer.zero_grad()
    loss = torch.nn.functional.mse_loss(X @ w + b, y)
    loss.backward()
    optimizer.step()
    return loss.item()
