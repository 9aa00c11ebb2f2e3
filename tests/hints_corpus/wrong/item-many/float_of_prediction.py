import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
x = torch.randn(3, 2)
values = [float(v) for v in (x * w)]  # <- cause
