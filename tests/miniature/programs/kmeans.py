import torch
torch.manual_seed(2)
pts = torch.cat([torch.randn(5, 2), torch.randn(5, 2) + 6])
c = pts[[0, 5]].clone()
for _ in range(4):
    dist = torch.stack([((pts - ci) ** 2).sum(1) for ci in c])
    lab = dist.argmin(0)
    for k in range(2):
        c[k] = pts[lab == k].mean(0)
print(lab)
print(c)
