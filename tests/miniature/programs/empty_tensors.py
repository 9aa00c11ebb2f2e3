import torch
o = torch.ones(2, 3); print(o.new_zeros(2), o.new_full((2,), 5), o.new_empty(0), torch.ones_like(o)[0], o.fill_(2)[0], torch.zeros(3).fill_(1.5), torch.empty(2).fill_(0.), torch.tensor([]).numel(), torch.empty(0).sum(), torch.zeros(0, 3).sum(0), torch.ones(3, 0).mean(1), torch.cat([torch.tensor([]), torch.ones(2)]), torch.tensor([[]]).shape, torch.stack([torch.tensor(1), torch.tensor(2)]), torch.tensor([]).max() if False else "", len(torch.empty(0)), list(torch.empty(0)), torch.arange(0), torch.randn(0), torch.eye(0), torch.zeros(2, 0), torch.tensor([]).tolist(), bool(torch.tensor([0.])), torch.tensor([], dtype=torch.int64), torch.zeros(0, dtype=torch.bool))
try: bool(torch.tensor([]))
except RuntimeError as e: print(e)
try: torch.tensor([]).item()
except RuntimeError as e: print(e)
try: torch.tensor([])[0]
except IndexError as e: print(e)
try: torch.stack([])
except RuntimeError as e: print(e)
