import torch
from torch import nn


class Agent(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.GRUCell(2, 3)
        self.state = torch.zeros(1, 3)

    def forward(self, obs):
        self.state = self.cell(obs, self.state)  # <- cause
        return self.state.sum(1)


agent = Agent()
opt = torch.optim.SGD(agent.parameters(), lr=0.1)
for t in range(3):
    value = agent(torch.randn(1, 2))
    loss = (value - 1.0).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
