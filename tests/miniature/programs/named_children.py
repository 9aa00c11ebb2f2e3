import torch.nn as nn
net = nn.Sequential()
net.add_module("fc1", nn.Linear(2, 3))
net.add_module("act", nn.ReLU())
net.add_module("fc2", nn.Linear(3, 1))
for name, child in net.named_children():
    print(name, "->", child)
print(len(net), net.fc1.out_features, net[-1])
print([n for n, _ in net.named_modules()])
