import torch


def report(w):
    return f"{float(w):.3f}"


report(torch.ones(2))
