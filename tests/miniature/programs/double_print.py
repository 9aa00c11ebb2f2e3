import torch
x = torch.tensor([1/3, 2/3], dtype=torch.double)
print(x, x.float(), x.double() is x)
print(x.sum().item(), x[0].item())
torch.set_default_dtype(torch.float64)
print(torch.tensor([0.5]), torch.zeros(1).dtype)
torch.set_default_dtype(torch.float32)
print(x)
