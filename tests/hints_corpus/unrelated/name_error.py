import torch

loss = ((w - 1) ** 2).sum()
