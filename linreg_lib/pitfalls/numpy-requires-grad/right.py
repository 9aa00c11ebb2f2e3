import torch

x = torch.linspace(0, 1, 3)
w = torch.tensor(2.0, requires_grad=True)
y_hat = x * w
line = y_hat.detach().numpy()
print(line)
