import torch
x = torch.tensor([4., 1.], requires_grad=True)
with torch.autograd.detect_anomaly():
    y = x.sqrt().sum()
    y.backward()
print(x.grad)
