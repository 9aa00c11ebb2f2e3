import functools

import torch

w = torch.ones(3, requires_grad=True)
loss = functools.reduce(lambda a, b: a + b, [w.detach().sum() for _ in range(2)])  # <- cause
loss.backward()
