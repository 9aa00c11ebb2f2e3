import torch
x = torch.arange(10)
m = x % 3 == 0
print(m, x[m], x[~m], m.sum(), m.any(), m.nonzero().squeeze(), torch.where(m)[0], x[m].shape)
x[m] = -1; print(x); x[x < 0] += 5; print(x)
y = torch.arange(12).view(3, 4); print(y[y > 5], y[y[:, 0] > 0], y[:, y[0] % 2 == 1], y[torch.tensor([True, False, True])])
y[y > 5] = 0; print(y); y[1] = torch.tensor([9, 9, 9, 9]); y[:, 0] *= 2; print(y)
print(y[[0, 1], [2, 3]], y[[0, 1]][:, [2, 3]], y[torch.tensor([[0, 1], [2, 0]])].shape, y[..., None].shape, y[1:2, 1], y[-1, -1], y[1][2], y.take(torch.tensor([0, 5])))
