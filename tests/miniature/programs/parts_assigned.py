import torch
a = torch.zeros(2, 3); a[0] = torch.tensor([1, 2, 3]); a[1, :] = 5; a[:, 2] += 10; a[0, 1:] *= -1; print(a)
a[a > 10] = 0; a[torch.tensor([0]), torch.tensor([0])] = 7; a[..., 0] = a[..., 1]; print(a); a.index_fill_(1, torch.tensor([0]), 1.); a.scatter_(1, torch.tensor([[2], [2]]), 9.); a.masked_fill_(a < 0, 0); a.clamp_(max=5); a.t_() if False else None; a.fill_diagonal_(3.) if False else None; print(a)
b = torch.arange(6).view(2, 3); b[:, [0, 2]] = b[:, [2, 0]]; print(b); b[[0, 1]] = b[[1, 0]]; print(b); b[b % 2 == 0] = -1; print(b); b[0], b[1] = b[1].clone(), b[0].clone(); print(b); b[0] += b[1]; print(b, (b == -1).sum())
try: b[0] = torch.tensor([1, 2])
except RuntimeError as e: print(e)
try: b[2] = 1
except IndexError as e: print(e)
try: b[0, 3] = 1
except IndexError as e: print(e)
try: b[b > 0] = torch.tensor([1, 2, 3, 4, 5, 6, 7])
except Exception as e: print(type(e).__name__, e)
