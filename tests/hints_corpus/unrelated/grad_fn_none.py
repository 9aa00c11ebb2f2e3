import torch

x = torch.ones(2)
x.grad_fn.next_functions
