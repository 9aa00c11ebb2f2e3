import torch
from torch import nn
torch.manual_seed(1)
net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
gradients = {}
for n, p in net.named_parameters(): p.register_hook(lambda g, n=n: gradients.__setitem__(n, g.norm().item()))
x = torch.ones(4, 2); net(x).mean().backward(); print({k: round(v, 4) for k, v in gradients.items()}, list(gradients))
def pre(m, inp): print("pre", type(m).__name__, inp[0].shape); return (inp[0] * 0,)
h = net[2].register_forward_pre_hook(pre); print(net(x)[0]); h.remove(); out = []
h = net.register_forward_hook(lambda m, i, o: o * 100); print(net(x).abs().mean() > 1); h.remove(); print(net._forward_hooks)
p = next(net.parameters()); h = p.register_post_accumulate_grad_hook(lambda t: print("acc", t.grad.shape)); net(x).sum().backward(); h.remove()
z = net(x); z.register_hook(lambda g: g * 2); net.zero_grad(); z.sum().backward(); print(net[2].bias.grad)
try: x.register_hook(lambda g: g)
except RuntimeError as e: print(e)
