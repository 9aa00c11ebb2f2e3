import torch
loss = torch.tensor(1.5)
print(loss.item)
x = torch.zeros(2, 3)
print(x.size)
print(x.shape, x.size(), x.size(0), x.dim(), x.ndim)
print(type(x), type(x.shape), x.type(), isinstance(x, torch.Tensor))
