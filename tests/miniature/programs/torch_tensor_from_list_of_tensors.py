import torch
a = [torch.tensor(1.), torch.tensor(2.)]
print(torch.tensor(a), torch.stack(a))
b = [torch.tensor([1., 2.]), torch.tensor([3., 4.])]
print(torch.stack(b))
torch.tensor(b)
