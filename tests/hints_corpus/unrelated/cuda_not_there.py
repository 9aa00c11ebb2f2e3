import torch

try:
    torch.zeros(1).to("cuda:7")
except Exception as error:
    raise ValueError("no device") from error
