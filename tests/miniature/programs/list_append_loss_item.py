import torch
xs = torch.tensor([1., 2., 3.])
w = torch.tensor(0.5, requires_grad=True)
total = 0
for x in xs:
    loss = (w * x - 2 * x) ** 2
    total += loss
print(total)
(total / len(xs)).backward()
print(w.grad)
avg = total.item() / 3
print(round(avg, 4), type(avg))
