# The whole training loop, from scratch | book/scratch/training
import torch


def synthetic_data(w, b, num_examples):
    X = torch.normal(0, 1, (num_examples, len(w)))
    y = X @ w + b
    y += torch.normal(0, 0.01, y.shape)
    return X, y.reshape(-1, 1)


def data_iter(batch_size, features, labels):
    n = len(features)
    order = torch.randperm(n)
    for i in range(0, n, batch_size):
        rows = order[i : min(i + batch_size, n)]
        yield features[rows], labels[rows]


def linreg(X, w, b):
    return X @ w + b


def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def sgd(params, lr, batch_size):
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()


torch.manual_seed(0)
features, labels = synthetic_data(torch.tensor([2, -3.4]), 4.2, 50)
w = torch.normal(0, 0.01, (2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
lr, num_epochs, batch_size = 0.3, 3, 10

for epoch in range(num_epochs):
    for X, y in data_iter(batch_size, features, labels):
        loss = squared_loss(linreg(X, w, b), y)
        loss.sum().backward()
        sgd([w, b], lr, len(X))
    with torch.no_grad():
        epoch_loss = squared_loss(linreg(features, w, b), labels).mean()
    print(f"epoch {epoch + 1}, loss {epoch_loss:.6f}")

print("learned:", w.detach().flatten(), b.item())
