import numpy as np
import torch

w = torch.randn(4, requires_grad=True)
print(np.asarray(w).mean())  # <- cause
