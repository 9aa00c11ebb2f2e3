import torch, torch.nn as nn

net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
X, y = torch.randn(5, 2), torch.randn(5, 1)
# %%
loss = ((net(X) - y) ** 2).mean()
loss.backward()
# %%
net = nn.Linear(2, 1)  # <-
# %%
print(net.weight.grad.norm())
