import torch
a = torch.tensor([[0.5, -1.25], [100.125, 3.0]])
print(a); print(a.int()); print(a.long(), a.short(), a.char(), a.byte() if (a >= 0).all() else "neg"); print(a.bool()); print(a.double()); print(a > 0)
print(a.tolist(), a.sum().item(), a.max().item(), a[0].tolist(), a.flatten().tolist(), str(a), repr(a[0, 0]), a[0, 0].item())
print(torch.round(a), a.round(decimals=1), a.floor(), a.ceil(), a.trunc(), a.frac(), torch.round(torch.tensor([0.5, 1.5, 2.5, -0.5])))
