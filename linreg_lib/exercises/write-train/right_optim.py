import torch
from torch import nn


def train(features, labels):
    net = nn.Linear(features.shape[1], 1)
    loss = nn.MSELoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.05)
    losses = []
    for epoch in range(5):
        for rows in torch.randperm(len(features)).split(10):
            optimizer.zero_grad()
            loss(net(features[rows]), labels[rows]).backward()
            optimizer.step()
        with torch.no_grad():
            losses.append(loss(net(features), labels).item())
    return net.weight, net.bias, losses
