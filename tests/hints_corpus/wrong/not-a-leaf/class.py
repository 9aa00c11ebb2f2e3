import torch


class Net:
    def __init__(self):
        self.w = 0.01 * torch.ones(2, requires_grad=True)

    def loss(self, x):
        return (x @ self.w - 1).pow(2).mean()

    def update(self):
        with torch.no_grad():
            self.w -= 0.1 * self.w.grad


net = Net()
net.loss(torch.ones(3, 2)).backward()
net.update()
