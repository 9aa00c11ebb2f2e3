import torch
from torch.autograd.functional import jacobian, hessian
def f(x):
    return x ** 2
print(jacobian(f, torch.tensor([1., 2.])))
print(hessian(lambda x: (x ** 3).sum(), torch.tensor([1., 2.])))
