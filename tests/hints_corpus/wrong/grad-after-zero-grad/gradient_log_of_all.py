import torch
import torch.nn as nn


def train_step(model, opt, x, y):
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    opt.step()
    opt.zero_grad()  # <- cause
    return loss.item()


net = nn.Sequential(nn.Linear(1, 8), nn.ReLU(), nn.Linear(8, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x = torch.linspace(0, 1, 16).unsqueeze(1)
history = []
for _ in range(3):
    train_step(net, opt, x, x**2)
    total = 0.0
    for p in net.parameters():
        total += p.grad.data.norm(2).item() ** 2
    history.append(total**0.5)
