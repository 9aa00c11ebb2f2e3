import torch
try:
    for x, y in torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.ones(4)), 2): pass
except ValueError as e: print(e)
class NoLen(torch.utils.data.Dataset):
    def __getitem__(self, i): return i
try: torch.utils.data.DataLoader(NoLen(), shuffle=True)
except TypeError as e: print(e)
try: len(NoLen())
except TypeError as e: print(e)
class NoGet(torch.utils.data.Dataset):
    def __len__(self): return 3
try: next(iter(torch.utils.data.DataLoader(NoGet())))
except NotImplementedError as e: print("NIE", e)
class Mixed(torch.utils.data.Dataset):
    def __len__(self): return 2
    def __getitem__(self, i): return (torch.zeros(2), "a") if i else (torch.zeros(2), 1)
try: print(next(iter(torch.utils.data.DataLoader(Mixed(), batch_size=2))))
except Exception as e: print(type(e).__name__, e)
class Obj(torch.utils.data.Dataset):
    def __len__(self): return 2
    def __getitem__(self, i): return object()
try: next(iter(torch.utils.data.DataLoader(Obj())))
except TypeError as e: print(e)
class OutOf(torch.utils.data.Dataset):
    def __len__(self): return 5
    def __getitem__(self, i): return [1, 2, 3][i]
try: print(list(torch.utils.data.DataLoader(OutOf(), batch_size=2)))
except IndexError as e: print(e)
