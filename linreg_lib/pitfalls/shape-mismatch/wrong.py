import torch

X = torch.ones(5, 2)
w = torch.ones(1, 2)
y_hat = X @ w
print(y_hat.shape)
