import torch


def linreg(X, w, b):
    return torch.matmul(X, w) + b


def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def sgd(params, lr, batch_size):
    for i in range(len(params)):
        params[i] = params[i] - lr * params[i].grad / batch_size


w = torch.normal(0, 0.01, size=(2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
X = torch.randn(10, 2)
y = torch.randn(10, 1)
params = [w, b]
for epoch in range(2):
    l = squared_loss(linreg(X, *params), y)
    l.sum().backward()
    sgd(params, 0.03, 10)
