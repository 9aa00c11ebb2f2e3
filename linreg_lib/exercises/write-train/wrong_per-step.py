import torch
from linreg_lib import data_iter, init_params, linreg, sgd, squared_loss


def train(features, labels):
    w, b = init_params(features.shape[1])
    losses = []
    for epoch in range(3):
        for X, y in data_iter(10, features, labels):
            loss = squared_loss(linreg(X, w, b), y).sum()
            loss.backward()
            sgd([w, b], 0.03, len(X))
            losses.append(loss.item() / len(X))
    return w, b, losses
