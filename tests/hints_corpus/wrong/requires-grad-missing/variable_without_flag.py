import torch
from torch.autograd import Variable

x = Variable(torch.ones(2, 2))
y = x + 2
z = y * y * 3
out = z.mean()
out.backward()
