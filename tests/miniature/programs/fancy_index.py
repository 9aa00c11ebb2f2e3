import torch
x = torch.arange(20).reshape(4, 5)
print(x[[0, 2]], x[:, [1, 3]])
print(x[torch.tensor([0, 1]), torch.tensor([2, 3])])
print(x[x % 2 == 0].shape, x[1:3, 2:], x[..., 0], x[-1], x[:, -1])
print(x[:, None].shape, x[None].shape, x[0, [1, 2]])
mask = torch.tensor([True, False, True, False])
print(x[mask], x[mask, 1])
