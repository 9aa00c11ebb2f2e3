import torch
from torch import nn

actor, critic = nn.Linear(3, 2), nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
opt_a = torch.optim.Adam(actor.parameters())
opt_c = torch.optim.Adam(critic.parameters())
state = torch.randn(6, 3)
action = actor(state)
value = critic(action)
actor_loss = -value.mean()
critic_loss = (critic(action.detach()) - 1).pow(2).mean()
opt_c.zero_grad()
critic_loss.backward()
opt_c.step()  # <- cause
opt_a.zero_grad()
actor_loss.backward()
