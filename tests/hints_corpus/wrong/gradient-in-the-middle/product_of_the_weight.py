import torch

w = torch.tensor([2.0], requires_grad=True)
y_hat = w * 3  # <-
loss = (y_hat - 1) ** 2
loss.backward()
print("dL/dy:", y_hat.grad.item())
