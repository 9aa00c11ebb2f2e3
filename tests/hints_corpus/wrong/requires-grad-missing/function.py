import torch


def linreg(X, w, b):
    return X @ w + b


def squared_loss(y_hat, y):
    return (y_hat - y) ** 2 / 2


def main():
    X, y = torch.randn(20, 2), torch.randn(20, 1)
    w = torch.normal(0, 0.01, (2, 1))
    b = torch.zeros(1)
    l = squared_loss(linreg(X, w, b), y)
    l.sum().backward()


main()
