import torch
import torch.nn as nn


class Trainer:
    def __init__(self, model, lr):
        self.model = model
        self.opt = torch.optim.Adam(model.parameters(), lr=lr)
        self.crit = nn.MSELoss()

    def step(self, X, y):
        self.opt.zero_grad()
        loss = self.crit(self.model(X), y)
        loss.backward()
        self.opt.step()
        self.opt.zero_grad()  # <-
        return loss.item(), self.grad_norm()

    def grad_norm(self):
        return torch.stack([p.grad.norm() for p in self.model.parameters()]).norm()


tr = Trainer(nn.Linear(3, 1), 0.01)
print(tr.step(torch.randn(4, 3), torch.randn(4, 1)))
