import torch
i = torch.tensor([1, 2])
f = torch.tensor([0.5, 1.5])
d = torch.tensor([1.0], dtype=torch.float64)
print((i + f).dtype, (i / 2).dtype, (i * 2).dtype, (f + d).dtype, (i + True).dtype)
print(i // 2, i % 2, i / 2, i ** 2, -7 // torch.tensor(2), torch.tensor(-7) % 3)
i += 0.5
