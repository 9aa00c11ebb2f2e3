import torch


def sgd(params, lr):
    for i in range(len(params)):
        params[i] = params[i] - lr * params[i].grad  # <- cause


w = torch.zeros(3, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
params = [w, b]
X, y = torch.randn(5, 3), torch.randn(5, 1)
for epoch in range(3):
    loss = ((X @ params[0] + params[1] - y) ** 2).mean()
    loss.backward()
    sgd(params, 0.1)
