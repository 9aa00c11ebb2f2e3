import torch
p = torch.nn.Parameter(torch.tensor([3.0]))
opt = torch.optim.SGD([p], lr=0.1)
def closure():
    opt.zero_grad()
    loss = (p ** 2).sum()
    loss.backward()
    return loss
for _ in range(2):
    print(opt.step(closure))
