import torch
torch.autograd.set_detect_anomaly(True)
x = torch.tensor([0., 1.], requires_grad=True)
y = (x / x).sum()
y.backward()
