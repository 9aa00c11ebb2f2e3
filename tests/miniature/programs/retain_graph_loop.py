import torch
x = torch.tensor(1.0, requires_grad=True)
y = x ** 3
y.backward(retain_graph=True)
y.backward(retain_graph=True)
print(x.grad)
h = torch.zeros(1)
w = torch.ones(1, requires_grad=True)
for t in range(2):
    h = h * w + 1
    h.sum().backward()
