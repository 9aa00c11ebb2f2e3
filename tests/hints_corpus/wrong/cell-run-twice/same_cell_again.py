import torch

x = torch.randn(5, 2)
w = torch.randn(2, requires_grad=True)
loss = (x @ w).pow(2).mean()
# %%
loss.backward()  # <- cause
# %%
loss.backward()  # <- cause
