import torch

X = torch.tensor([[1.0], [2.0], [3.0]], dtype=torch.float64)
layer = torch.nn.Linear(1, 1)
y_hat = layer(X.float())
print(y_hat.dtype)
