import torch

layers = [torch.randn(2, 2, requires_grad=True) for _ in range(2)]
x = torch.randn(4, 2)
acts = [x]
for W in layers:
    acts.append(torch.sigmoid(acts[-1] @ W))
acts[1] *= 0.5  # <- cause
acts[-1].sum().backward()
