import torch
import torch.nn.functional as F
pred = torch.randn(3, requires_grad=True)
y = torch.tensor([1, 2, 3])
loss = F.mse_loss(pred, y)
loss.backward()
print(loss.dtype)
F.mse_loss(y, y)
