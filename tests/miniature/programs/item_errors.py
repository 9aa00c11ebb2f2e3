import torch
x = torch.tensor([1., 2.])
print(x[0].item(), x.tolist())
try:
    x.item()
except RuntimeError as e:
    print(type(e).__name__, e)
try:
    float(x)
except Exception as e:
    print(type(e).__name__, e)
try:
    int(torch.tensor([]))
except Exception as e:
    print(type(e).__name__, e)
if x:
    print("yes")
