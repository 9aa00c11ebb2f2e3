import numpy as np
import torch

data = np.array([[1, 2], [3, 4]])
W = torch.from_numpy(data)
W.requires_grad_()  # <- cause
