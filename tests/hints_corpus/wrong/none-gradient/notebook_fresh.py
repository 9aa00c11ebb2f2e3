import torch

x = torch.randn(5, 2)
y = torch.randn(5)
# %%
w = torch.zeros(2, requires_grad=True)
# %%
loss = ((x @ w - y) ** 2).mean()
# %%
with torch.no_grad():
    w -= 0.1 * w.grad
