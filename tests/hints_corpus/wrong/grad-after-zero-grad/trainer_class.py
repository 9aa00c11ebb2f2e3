import torch
from torch import nn


class Trainer:
    def __init__(self, model):
        self.model = model
        self.optimizer = torch.optim.Adam(model.parameters())

    def step(self, x, y):
        loss = ((self.model(x) - y) ** 2).mean()
        loss.backward()
        self.optimizer.step()
        self.optimizer.zero_grad()  # <- cause
        return loss.item()

    def grad_norm(self):
        return sum(p.grad.norm().item() for p in self.model.parameters())


trainer = Trainer(nn.Linear(2, 1))
for i in range(2):
    trainer.step(torch.randn(4, 2), torch.randn(4, 1))
    print(trainer.grad_norm())
