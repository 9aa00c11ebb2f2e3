import torch


def check(loss):
    if not torch.isfinite(loss):
        raise RuntimeError("loss is not finite")


check(torch.tensor(float("nan")))
