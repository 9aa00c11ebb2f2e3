import torch
import torch.nn as nn
torch.manual_seed(0)
logits = torch.randn(4, 3, requires_grad=True)
t = torch.tensor([0, -100, 2, 1])
loss = nn.CrossEntropyLoss()(logits, t)
print(loss)
loss.backward()
print(logits.grad)
print(nn.CrossEntropyLoss(label_smoothing=0.1)(logits, torch.tensor([0, 1, 2, 1])))
