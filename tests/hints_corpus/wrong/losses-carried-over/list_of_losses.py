import torch

w = torch.randn(2, requires_grad=True)
all_losses = []
for i in range(3):
    x = torch.randn(2)
    all_losses.append(torch.exp(-(w * x).sum()))  # <- cause
    mean_loss = torch.stack(all_losses).mean()
    mean_loss.backward()
