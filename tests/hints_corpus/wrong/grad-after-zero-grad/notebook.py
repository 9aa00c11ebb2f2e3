import torch

w = torch.zeros(2, requires_grad=True)
opt = torch.optim.Adam([w], lr=0.1)
x, y = torch.randn(5, 2), torch.randn(5)
# %%
opt.zero_grad()
loss = ((x @ w - y) ** 2).mean()
loss.backward()
opt.step()
# %%
opt.zero_grad()  # <- cause
w.grad.zero_()
