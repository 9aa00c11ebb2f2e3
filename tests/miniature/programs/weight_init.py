import torch
import torch.nn as nn
torch.manual_seed(0)
def init(m):
    if isinstance(m, nn.Linear):
        nn.init.xavier_uniform_(m.weight)
        nn.init.zeros_(m.bias)
net = nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, 1))
net.apply(init)
print(net[0].weight, net[2].bias)
nn.init.kaiming_normal_(net[0].weight, nonlinearity="relu")
print(net[0].weight.shape)
nn.init.constant_(net[2].weight, 0.5)
nn.init.normal_(net[0].bias, mean=0, std=0.01)
print(net[2].weight, net[0].bias)
