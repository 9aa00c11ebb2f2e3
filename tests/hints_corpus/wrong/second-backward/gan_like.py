import torch

g = torch.nn.Linear(1, 1)
d = torch.nn.Linear(1, 1)
fake = torch.tanh(g(torch.ones(2, 1)))
dl = (d(fake) ** 2).mean()
dl.backward()
gl = ((d(fake) - 1) ** 2).mean()
gl.backward()
