import torch
import torch.nn as nn
torch.manual_seed(0)
logits = torch.randn(4, 3, requires_grad=True)
target = torch.tensor([0, 2, 1, 1])
for eps in (0.0, 0.1):
    loss = nn.CrossEntropyLoss(label_smoothing=eps)(logits, target)
    g, = torch.autograd.grad(loss, logits)
    print(f"{eps}: {loss.item():.4f}", g[0])
