import torch
import torch.nn.functional as F
torch.manual_seed(0)
q, k, v = torch.randn(3, 2, 4, 8).unbind(0)
scores = q @ k.transpose(-2, -1) / 8 ** 0.5
mask = torch.triu(torch.ones(4, 4), diagonal=1).bool()
scores = scores.masked_fill(mask, float("-inf"))
att = F.softmax(scores, dim=-1)
print(att[0])
print((att @ v).shape)
