import torch

w = torch.zeros(2, requires_grad=True)
history = []
for _ in range(3):
    loss = ((w - 1) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
    history.append(w.detach().clone())
print(history)
