import torch
print(torch.tensor([1, -1]).to(torch.uint8), torch.tensor([300]).to(torch.int8), torch.tensor([1, 2], dtype=torch.int16) * 20000, torch.tensor([2**62]) * 4)
print(torch.tensor([1], dtype=torch.int8) + torch.tensor([1], dtype=torch.int16), torch.tensor([1.7, -1.7]).char(), torch.iinfo(torch.int8), torch.tensor([3], dtype=torch.uint8) - 5)
print(torch.tensor([200], dtype=torch.uint8).sum(), torch.tensor([100, 100], dtype=torch.int8).sum().dtype)
torch.tensor([300], dtype=torch.uint8)
