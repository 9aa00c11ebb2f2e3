import torch
a = torch.tensor([1, 2])
b = torch.tensor([1, 2])
print(a == b, a is b, (a == b).all().item(), a in [b])
if a == b:
    print("equal")
