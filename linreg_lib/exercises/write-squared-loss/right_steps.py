def squared_loss(y_hat, y):
    error = y_hat - y.view_as(y_hat)
    return 0.5 * error * error
