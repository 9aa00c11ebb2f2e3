import torch
torch.manual_seed(0)
logits = torch.tensor([2.0, 1.0, 0.1])
for T in (0.5, 1.0, 2.0):
    print(T, (logits / T).softmax(0))
cdf = logits.softmax(0).cumsum(0)
r = torch.rand(4)
print([(cdf < v).sum().item() for v in r])
