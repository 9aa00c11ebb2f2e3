import torch
y_hat = torch.tensor([[1.], [2.], [3.]])
y = torch.tensor([1., 2., 3.])
print((y_hat - y).shape, ((y_hat - y) ** 2).mean())
print(((y_hat.flatten() - y) ** 2).mean())
