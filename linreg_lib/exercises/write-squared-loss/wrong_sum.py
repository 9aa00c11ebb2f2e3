def squared_loss(y_hat, y):
    return torch.sum((y_hat - y.reshape(y_hat.shape)) ** 2) / 2
