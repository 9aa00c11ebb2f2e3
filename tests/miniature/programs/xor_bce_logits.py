import torch
import torch.nn as nn
torch.manual_seed(5)
X = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float32)
y = torch.tensor([[0], [1], [1], [0]], dtype=torch.float32)
net = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
crit = nn.BCEWithLogitsLoss()
opt = torch.optim.SGD(net.parameters(), lr=0.5, momentum=0.9)
for i in range(100):
    opt.zero_grad()
    loss = crit(net(X), y)
    loss.backward()
    opt.step()
with torch.inference_mode():
    print((torch.sigmoid(net(X)) > 0.5).int().squeeze().tolist())
print(round(loss.item(), 3))
