import torch
x = torch.arange(10)
for part in torch.split(x, 4):
    print(part)
for part in torch.chunk(x, 3):
    print(part)
a, b = x.split([3, 7])
print(a, b)
left, right = torch.arange(8.).view(2, 4).chunk(2, dim=1)
print(left)
print(right)
