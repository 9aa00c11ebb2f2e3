import torch
x = torch.tensor([1.0, 2.0], requires_grad=True)
f = x[0] ** 2 * x[1] + torch.exp(x[1])
grad = torch.autograd.grad(f, x, create_graph=True)[0]
rows = []
for g in grad:
    rows.append(torch.autograd.grad(g, x, retain_graph=True)[0])
H = torch.stack(rows)
print(H)
