import torch

stats = {"grad": None}
w = torch.ones(1, requires_grad=True)
(w * 2).backward()
w.data -= 0.1 * stats["grad"]
