import torch

X = torch.randn(100, 1)
Y = 3 * X + 0.5
W = torch.zeros(1, 1, requires_grad=True)
B = torch.zeros(1, requires_grad=True)


# %%
def get_loss():
    return torch.nn.functional.mse_loss(X.mm(W) + B, Y)


# %%
get_loss().backward()
# %%
with torch.no_grad():
    W = W - 0.1 * W.grad  # <- cause
    B = B - 0.1 * B.grad  # <- cause
# %%
get_loss().backward()
