import torch

model = torch.nn.Linear(2, 1)
X, y = torch.randn(5, 2), torch.randn(5, 1)
# %%
out = model(X)
loss = torch.nn.functional.mse_loss(out, y)  # <-
# %%
loss.backward()  # <-
print(model.weight.grad)
# %%
loss = loss * 2
loss.backward()
