import torch
x = torch.ones(2, requires_grad=True)
with torch.no_grad():
    y = x * 2
print(y.requires_grad)
@torch.no_grad()
def f(t):
    return t * 3
print(f(x).requires_grad)
with torch.set_grad_enabled(False):
    print((x + 1).requires_grad)
with torch.no_grad():
    with torch.enable_grad():
        print((x + 1).requires_grad, torch.is_grad_enabled())
y.backward()
