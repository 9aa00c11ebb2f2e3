import torch
x = torch.tensor(3.0, requires_grad=True)
y = torch.tensor(4.0, requires_grad=True)
z = x ** 2 * y + y ** 3
z.backward()
print(f"dz/dx = {x.grad}, dz/dy = {y.grad}")
print(x.grad == 2 * 3 * 4, y.grad == 9 + 48)
x.grad.zero_(); y.grad.zero_()
z = torch.sin(x) * torch.log(y) + torch.sqrt(x * y); z.backward(); print(x.grad, y.grad, z)
print(z.grad_fn, z.grad_fn.next_functions, z.grad_fn.next_functions[0][0].next_functions)
