import torch
try: torch.normal(torch.zeros(2), -1.0)
except RuntimeError as e: print(e)
torch.manual_seed(0); print(torch.normal(torch.arange(3.)), torch.normal(mean=torch.zeros(2), std=torch.ones(2)), torch.normal(0.0, torch.tensor([1., 2.])), torch.normal(mean=0., std=1., size=(2,)))
print(torch.zeros(3).random_(0, 10), torch.zeros(2, dtype=torch.long).random_(5), torch.rand(2))
