def squared_loss(y_hat, y):
    return (y_hat - y.reshape(-1, 1)) ** 2
