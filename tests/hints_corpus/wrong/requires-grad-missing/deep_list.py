import torch

layers = [(torch.randn(2, 3), torch.zeros(3)), (torch.randn(3, 1), torch.zeros(1))]


def net(x):
    for W, b in layers:
        x = torch.tanh(x @ W + b)
    return x


loss = net(torch.randn(4, 2)).pow(2).mean()
loss.backward()
