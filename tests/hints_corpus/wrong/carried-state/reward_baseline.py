import torch

theta = torch.zeros(3, requires_grad=True)
baseline = torch.tensor(0.0)
for i in range(3):
    x = torch.randn(3)
    value = torch.tanh((theta * x).sum())
    baseline = 0.9 * baseline + 0.1 * value  # <- cause
    loss = (value - baseline) ** 2
    loss.backward()
