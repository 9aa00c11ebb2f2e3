import torch
import torch.nn as nn


class TwoHeads(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 8)
        self.head_a = nn.Linear(8, 1)
        self.head_b = nn.Linear(8, 1)

    def forward(self, x, which="a"):
        z = torch.relu(self.body(x))
        return self.head_a(z) if which == "a" else self.head_b(z)


net = TwoHeads()
out = net(torch.randn(3, 4))
out.mean().backward()  # <-
for name, p in net.named_parameters():
    print(name, p.grad.abs().mean().item())
