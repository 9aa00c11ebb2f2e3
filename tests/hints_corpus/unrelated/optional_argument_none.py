import torch


def fit(w, x, penalty=None):
    loss = ((w * x) ** 2).sum() + penalty * (w**2).sum()
    loss.backward()


fit(torch.ones(2, requires_grad=True), torch.ones(2))
