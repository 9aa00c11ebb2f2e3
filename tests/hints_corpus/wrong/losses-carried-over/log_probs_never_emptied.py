import torch, torch.nn as nn
from torch.distributions import Categorical

pi = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
optim = torch.optim.Adam(pi.parameters())
log_probs = []
for episode in range(2):
    for t in range(3):
        d = Categorical(logits=pi(torch.randn(4)))
        a = d.sample()
        log_probs.append(d.log_prob(a))  # <-
    R = torch.randn(len(log_probs))
    loss = sum(-lp * r for lp, r in zip(log_probs, R))
    optim.zero_grad()
    loss.backward()
    optim.step()
