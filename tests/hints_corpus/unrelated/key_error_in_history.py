import torch

history = {"loss": []}
w = torch.zeros(1, requires_grad=True)
loss = (w - 1).pow(2).sum()
loss.backward()
history["accuracy"].append(loss.item())
