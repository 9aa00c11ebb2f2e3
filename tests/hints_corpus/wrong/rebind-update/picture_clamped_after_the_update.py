import torch, torch.nn as nn

conv = nn.Conv2d(3, 4, 3)
img = torch.rand(1, 3, 8, 8).requires_grad_(True)
for step in range(3):
    act = conv(img).norm()
    act.backward()
    img = img + 0.01 * img.grad / img.grad.abs().mean()  # <-
    img = img.clamp(0, 1)  # <-
