import torch
torch.set_printoptions(precision=2)
x = torch.tensor([3.14159, 2.71828])
print(x)
torch.set_printoptions(precision=6, sci_mode=False)
print(x, torch.tensor([1e-6, 1.]))
torch.set_printoptions(profile="default")
print(x)
