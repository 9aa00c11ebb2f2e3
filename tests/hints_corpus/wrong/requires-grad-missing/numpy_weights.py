import numpy as np
import torch

rng = np.random.default_rng(0)
X = torch.from_numpy(rng.normal(size=(30, 2))).float()
y = torch.from_numpy(rng.normal(size=(30,))).float()
w = torch.from_numpy(rng.normal(size=(2,))).float()
b = torch.zeros(1)


def loss_fn(w, b):
    return ((X @ w + b - y) ** 2).mean()


loss = loss_fn(w, b)
loss.backward()
