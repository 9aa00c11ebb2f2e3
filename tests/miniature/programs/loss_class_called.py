import torch
loss = torch.nn.MSELoss
out = loss(torch.ones(2), torch.zeros(2))
out.backward()
