import torch, io
from torch import nn, optim
torch.manual_seed(0)
net = nn.Linear(1, 1)
opt = optim.Adam(net.parameters(), lr=0.1)
for _ in range(3):
    opt.zero_grad(); net(torch.ones(1, 1)).sum().backward(); opt.step()
ckpt = {'epoch': 3, 'model': net.state_dict(), 'opt': opt.state_dict()}
buf = io.BytesIO(); torch.save(ckpt, buf); buf.seek(0)
back = torch.load(buf)
print(back['epoch'], back['model'], back['opt']['param_groups'])
