import torch.nn as nn
net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
print(net[0], net[-1].bias.shape, len(net), net[:2])
net.add_module("extra", nn.Sigmoid())
net[1] = nn.Tanh()
print(net)
del net[0]
print(len(net), [type(l).__name__ for l in net.children()])
for name, mod in net.named_modules(): print(repr(name), type(mod).__name__)
print(net.fc)
