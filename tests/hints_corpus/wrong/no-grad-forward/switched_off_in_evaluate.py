import torch
import torch.nn as nn


def evaluate(model, x, y):
    model.eval()
    torch.set_grad_enabled(False)  # <-
    out = model(x)
    return ((out - y) ** 2).mean().item()


def train_epoch(model, opt, x, y):
    model.train()
    opt.zero_grad()
    loss = ((model(x) - y) ** 2).mean()
    loss.backward()
    opt.step()
    return loss.item()


model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.05)
x, y = torch.randn(10, 2), torch.randn(10, 1)
for epoch in range(3):
    tr = train_epoch(model, opt, x, y)
    va = evaluate(model, x, y)
    print(epoch, tr, va)
