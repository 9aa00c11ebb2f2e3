import torch
x = torch.tensor([0, 3, 0, 5, 6])
idx = torch.where(x > 0)
print(idx)
print(x.nonzero(as_tuple=True)[0])
rows, cols = torch.where(torch.eye(3) == 1)
print(rows, cols)
