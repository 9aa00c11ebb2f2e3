import torch
x = torch.tensor([0.0], requires_grad=True)
y = torch.sqrt(x) * 0
y.sum().backward()
print(x.grad)
print(torch.isnan(x.grad).any())
with torch.autograd.set_detect_anomaly(True):
    y = torch.sqrt(x) * 0
    y.sum().backward()
