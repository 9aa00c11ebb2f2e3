import torch
t = torch.linspace(0, 1, 5).reshape(-1, 1).requires_grad_(True)
u = torch.sin(3 * t)
du = torch.autograd.grad(u, t, torch.ones_like(u), create_graph=True)[0]
d2u = torch.autograd.grad(du, t, torch.ones_like(du), create_graph=True)[0]
print(du)
residual = (d2u + 9 * u).abs().max()
print(residual < 1e-5)
print(d2u.requires_grad)
