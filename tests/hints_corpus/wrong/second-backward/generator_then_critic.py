import torch
from torch import nn


class GAN:
    def __init__(self):
        self.g = nn.Sequential(nn.Linear(3, 3), nn.Tanh())
        self.d = nn.Sequential(nn.Linear(3, 1), nn.Sigmoid())
        self.og = torch.optim.SGD(self.g.parameters(), lr=0.1)
        self.od = torch.optim.SGD(self.d.parameters(), lr=0.1)

    def train_step(self, real):
        fake = self.g(torch.randn_like(real))  # <- shared
        d_loss = -(self.d(real).log() + (1 - self.d(fake)).log()).mean()
        self.od.zero_grad()
        d_loss.backward()  # <- first
        self.od.step()
        g_loss = -self.d(fake).log().mean()
        self.og.zero_grad()
        g_loss.backward()
        self.og.step()


GAN().train_step(torch.randn(4, 3))
