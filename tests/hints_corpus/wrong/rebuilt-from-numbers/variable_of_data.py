import torch
from torch.autograd import Variable

net = torch.nn.Linear(2, 1)
out = net(torch.randn(3, 2))
loss = Variable(out.data.pow(2).mean())  # <- cause
loss.backward()
