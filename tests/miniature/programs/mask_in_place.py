import torch
mask = torch.tensor([True, False, True])
same = mask
mask &= torch.tensor([True, True, False])
mask |= torch.tensor([False, True, False])
print(mask, same is mask, mask._version)
counts = torch.tensor([7, 8, 9])
counts //= 2
counts %= 3
print(counts, 1 & torch.tensor([3, 4]), list(reversed(torch.tensor([1, 2, 3]))))
