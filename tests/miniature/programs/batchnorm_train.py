import torch
import torch.nn as nn
torch.manual_seed(0)
bn = nn.BatchNorm1d(3)
x = torch.randn(5, 3) * 4 + 2
y = bn(x)
print(y.mean(0).abs().max() < 1e-5, bn.running_mean)
bn.eval()
print(bn(x).shape)
print(bn)
