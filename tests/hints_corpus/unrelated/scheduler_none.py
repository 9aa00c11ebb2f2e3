import torch

model = torch.nn.Linear(1, 1)
scheduler = None
opt = torch.optim.SGD(model.parameters(), lr=0.1)
loss = model(torch.ones(1, 1)).sum()
loss.backward()
opt.step()
scheduler.step()
