import torch
torch.manual_seed(0)
w = torch.nn.Parameter(torch.zeros(1))
losses = []
for i in range(3):
    loss = ((w - 1) ** 2).mean()
    loss.backward()
    losses.append(loss)
print(losses)
print(sum(losses))
print(torch.tensor(losses))
