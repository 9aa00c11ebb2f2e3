import torch


def gradients(X, y, w, b):
    ones = torch.ones(len(X), 1, dtype=X.dtype)
    design = torch.cat([X, ones], dim=1)
    theta = torch.cat([w, b.reshape(1, 1)])
    slope = design.t().mm(design.mm(theta) - y)
    return slope[:-1], slope[-1]
