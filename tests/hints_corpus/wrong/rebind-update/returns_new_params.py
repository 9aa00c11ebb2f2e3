import torch


def forward(params, x):
    w, b = params
    return x * w + b


def step(params, lr):
    w, b = params
    new_w = w - lr * w.grad  # <- cause
    new_b = b - lr * b.grad  # <- cause
    return [new_w, new_b]


params = [torch.tensor(1.0, requires_grad=True), torch.tensor(0.0, requires_grad=True)]
x = torch.arange(5.0)
t = 4 * x - 1
for it in range(3):
    loss = (forward(params, x) - t).pow(2).mean()
    loss.backward()
    params = step(params, 0.01)
