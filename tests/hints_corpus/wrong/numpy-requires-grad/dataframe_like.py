import numpy as np
import torch

w = torch.randn(2, requires_grad=True)
x = torch.randn(3, 2)
table = {"x": x.numpy(), "pred": (x @ w).numpy()}  # <- cause
