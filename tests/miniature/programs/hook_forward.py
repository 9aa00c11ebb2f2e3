import torch
import torch.nn as nn
torch.manual_seed(0)
acts = {}
def save(name):
    def hook(module, inp, out):
        acts[name] = out.detach()
    return hook
net = nn.Sequential(nn.Linear(2, 3), nn.ReLU())
h = net[0].register_forward_hook(save("fc"))
net(torch.ones(1, 2))
print(acts["fc"], acts["fc"].requires_grad)
h.remove()
acts.clear()
net(torch.ones(1, 2))
print(acts)
