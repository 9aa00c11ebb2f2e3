import torch

x = torch.arange(10.0)
y = 2 * x + 3
# %%
weights = torch.randn(2, requires_grad=True)


def model(x):
    return weights[0] + weights[1] * x


# %%
loss = ((model(x) - y) ** 2).mean()
loss.backward()
weights.grad
# %%
weights = weights - 1e-3 * weights.grad  # <- cause
# %%
loss = ((model(x) - y) ** 2).mean()
loss.backward()
weights = weights - 1e-3 * weights.grad
