import torch
x = torch.tensor([1, 5, 9])
if 0 < x.min() < 3:
    print("small")
print(0 < x < 10)
