import copy

import torch

copy.deepcopy(torch.ones(1, requires_grad=True) * 2)
