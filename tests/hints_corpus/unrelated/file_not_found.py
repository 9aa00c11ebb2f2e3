import torch

torch.load("no_such_checkpoint.pt")
