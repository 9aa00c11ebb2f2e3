import torch


def train(model, loader, epochs):
    return model


train(torch.nn.Linear(1, 1), [])
