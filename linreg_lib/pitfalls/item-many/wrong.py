import torch

y_hat = torch.tensor([1.0, 2.0, 3.0])
loss = (y_hat - 2) ** 2 / 2
print(loss.item())
