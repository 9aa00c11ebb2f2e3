import torch

scores = torch.randn(3, 3, requires_grad=True)
probs = torch.softmax(scores, dim=-1)
mask = torch.eye(3, dtype=torch.bool)
probs[mask] = 0.0  # <- cause
probs.pow(2).sum().backward()
