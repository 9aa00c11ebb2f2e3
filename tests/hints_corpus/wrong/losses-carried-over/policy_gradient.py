import torch
from torch import nn

policy = nn.Linear(4, 2)
optimizer = torch.optim.Adam(policy.parameters())
log_probs = []
for episode in range(3):
    for t in range(2):
        dist = torch.distributions.Categorical(logits=policy(torch.randn(4)))
        log_probs.append(dist.log_prob(dist.sample()))  # <- cause
    loss = -torch.stack(log_probs).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
