import torch
a = torch.arange(12).reshape(3, 4)
b = a[1]
b[0] = 100
print(a)
c = a[:, ::2]
c += 1
print(a)
print(c.is_contiguous(), c.stride(), c.storage_offset())
print(a.t().view(-1))
