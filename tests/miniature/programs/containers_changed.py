import torch.nn as nn
l = nn.ModuleList([nn.Linear(1, 1), nn.ReLU()])
l.insert(1, nn.Tanh()); l.extend([nn.Sigmoid()]); l[0] = nn.Identity(); del l[-1]
print(l, len(l), l[1:])
s = nn.Sequential(nn.Linear(1, 2)) 
s.append(nn.ReLU()).append(nn.Linear(2, 1))
print(s + nn.Sequential(nn.Tanh()), s.pop(1), s)
d = nn.ModuleDict({"a": nn.ReLU()}); d["b"] = nn.Tanh(); del d["a"]; print(d, "b" in d, list(d.keys()))
print(s[5])
