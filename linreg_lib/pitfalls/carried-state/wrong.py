import torch

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.zeros(1, requires_grad=True)
state = torch.zeros(1)
for x_i in x:
    state = torch.tanh(state + x_i * w)
    loss = ((state - 1) ** 2).sum()
    loss.backward()
print(w.grad)
