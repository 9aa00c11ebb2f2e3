import torch
import torch.nn.functional as F
torch.manual_seed(0)
logits = torch.randn(2, 5, 3)
t = torch.randint(0, 3, (2, 5))
print(F.cross_entropy(logits.view(-1, 3), t.view(-1)))
print(F.cross_entropy(logits.transpose(1, 2), t))
F.cross_entropy(logits, t)
