import torch.nn.functional as F


def squared_loss(y_hat, y):
    return F.mse_loss(y_hat, y.reshape(-1, 1), reduction="none") / 2
