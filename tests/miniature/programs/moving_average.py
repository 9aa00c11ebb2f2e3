import torch
x = torch.tensor([1., 3., 2., 5., 4., 6.])
k = 3
avg = x.unfold(0, k, 1).mean(1)
print(avg)
