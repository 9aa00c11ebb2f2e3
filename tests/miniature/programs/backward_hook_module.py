import torch
import torch.nn as nn
torch.manual_seed(0)
lin = nn.Linear(2, 1)
def hook(module, grad_in, grad_out):
    print("grad_out", grad_out)
lin.register_full_backward_hook(hook)
lin(torch.ones(1, 2, requires_grad=True)).sum().backward()
