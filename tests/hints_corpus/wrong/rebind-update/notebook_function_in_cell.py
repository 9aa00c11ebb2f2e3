import torch

w = torch.randn(3, requires_grad=True)
X, y = torch.randn(8, 3), torch.randn(8)


def mse():
    return ((X @ w - y) ** 2).mean()


# %%
def update(lr):
    global w
    w = w - lr * w.grad  # <- cause


# %%
mse().backward()
update(0.1)
# %%
mse().backward()
update(0.1)
