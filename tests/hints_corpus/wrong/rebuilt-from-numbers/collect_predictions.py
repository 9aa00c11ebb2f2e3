import torch
from torch import nn

net = nn.Linear(1, 1)
xs, ys = torch.randn(6, 1), torch.randn(6, 1)
preds = []
for x in xs:
    preds.append(net(x).item())  # <- cause
loss = nn.MSELoss()(torch.tensor(preds).unsqueeze(1), ys)  # <- cause
loss.backward()
