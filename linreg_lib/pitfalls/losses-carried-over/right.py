import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
total = 0
for x_i in x:
    loss = (x_i * w - 2 * x_i) ** 2 / 2
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
    total = total + loss.item()
print(w)
