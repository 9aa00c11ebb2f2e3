import torch

from linreg_lib import synthetic_data, train

X, y = synthetic_data([2, -3.4], 4.2, 1000, generator=torch.Generator().manual_seed(0))
run = train(X, y, generator=torch.Generator().manual_seed(1))
assert run.epoch_losses[-1] < 1e-3
