import torch


def init_params(sizes):
    params = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        W = torch.randn(n_in, n_out, requires_grad=True) * 0.1  # <- cause
        b = torch.zeros(n_out, requires_grad=True)
        params.append((W, b))
    return params


def mlp(params, x):
    for W, b in params[:-1]:
        x = torch.relu(x @ W + b)
    W, b = params[-1]
    return x @ W + b


params = init_params([2, 8, 1])
X = torch.randn(10, 2)
loss = mlp(params, X).pow(2).mean()
loss.backward()
for W, b in params:
    W.data -= 0.1 * W.grad.data
    b.data -= 0.1 * b.grad.data
