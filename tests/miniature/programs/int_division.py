import torch
a = torch.tensor([7, -7])
print(a // 2, a / 2, a % 3, torch.div(a, 2, rounding_mode="trunc"), torch.remainder(a, 3), torch.fmod(a, 3), torch.floor_divide(a, 2))
print(torch.tensor([7.5]) // 2, 7 // torch.tensor(2), 2 ** torch.tensor([1, 2]), torch.tensor([2, 3]) ** 2, torch.tensor([4.]) ** 0.5)
a /= 2
