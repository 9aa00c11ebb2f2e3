import torch
print(torch.tensor([-0.0, 0.0, 1e-8]))
print(torch.tensor([0.1, 0.25, 1 / 3]))
print(torch.tensor([100000., 1.5]))
print(torch.tensor([1e-3, 1e-4]), torch.tensor(1e-5), torch.tensor(123456789.))
print(torch.tensor([1., 2., 3.5]) * 1e6)
print(torch.tensor(3.0e-10) + 1)
