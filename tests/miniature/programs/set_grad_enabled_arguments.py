import torch

for given in ((), (1,), ("x",), (torch.tensor(True),)):
    try:
        torch.set_grad_enabled(*given)
    except TypeError as error:
        print(error)
with torch.set_grad_enabled(False):
    print(torch.is_grad_enabled())
with torch.set_grad_enabled(mode=True):
    print(torch.is_grad_enabled())
