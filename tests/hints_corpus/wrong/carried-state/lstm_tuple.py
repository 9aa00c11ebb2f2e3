import torch
from torch import nn

lstm = nn.LSTM(2, 4, batch_first=True)
fc = nn.Linear(4, 1)
params = list(lstm.parameters()) + list(fc.parameters())
optimizer = torch.optim.Adam(params)
hidden = (torch.zeros(1, 3, 4), torch.zeros(1, 3, 4))
for epoch in range(3):
    seq = torch.randn(3, 6, 2)
    output, hidden = lstm(seq, hidden)  # <- cause
    loss = fc(output[:, -1]).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
