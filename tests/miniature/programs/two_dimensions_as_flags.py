import torch
a = torch.tensor([1., 2.], requires_grad=True)
b = a.sum(0, 1)
