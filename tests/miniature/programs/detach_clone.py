import torch
x = torch.ones(3, requires_grad=True)
y = x.detach()
y[0] = 5
print(x)
z = x.clone()
print(z)
w = x.detach().clone()
w[1] = 7
print(x, w, w.requires_grad)
