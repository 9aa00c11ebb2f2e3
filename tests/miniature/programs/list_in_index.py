import torch
a = torch.tensor(2)
lst = [10, 20, 30]
print(lst[a])
print(list(range(a)))
print(a * lst[0], a + 1, 1 - a, 3 / a)
print(lst[torch.tensor(1.0)])
