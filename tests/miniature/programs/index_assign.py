import torch
x = torch.zeros(3, 4)
x[0] = 1
x[:, 1] = torch.tensor([5., 6., 7.])
x[1, 2:] = -1
x[[0, 2], [3, 3]] = 9
x[x == 0] = 0.5
print(x)
x[0] = torch.ones(3)
