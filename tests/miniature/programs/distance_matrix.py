import torch
p = torch.tensor([[0., 0.], [3., 4.], [6., 8.]])
d = ((p[:, None] - p[None, :]) ** 2).sum(-1).sqrt()
print(d)
d.fill_diagonal_(float("inf"))
print(d.argmin(dim=1))
