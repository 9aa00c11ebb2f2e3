import torch

w = torch.ones(3, requires_grad=True)
total = 0.0
for xi in torch.randn(5, 3):
    total += float((w * xi).sum() ** 2)  # <- cause
loss = torch.as_tensor(total) / 5  # <- cause
loss.backward()
