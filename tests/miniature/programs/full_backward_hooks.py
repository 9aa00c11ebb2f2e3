import torch, torch.nn as nn
torch.manual_seed(0)
class Net(nn.Module):
    def __init__(self):
        super().__init__(); self.a = nn.Linear(2, 3); self.r = nn.ReLU(); self.b = nn.Linear(3, 1)
    def forward(self, x): return self.b(self.r(self.a(x)))
n = Net()
def h(m, gi, go): print(m, gi, go)
for m in n.children(): m.register_full_backward_hook(h)
hh = n.a.register_full_backward_pre_hook(lambda m, go: print("pre", go))
out = n(torch.ones(2, 2)); print(out); out.sum().backward()
hh.remove()
x = torch.ones(1, 2, requires_grad=True); n(x).backward(); print(x.grad)
n.b.register_full_backward_hook(lambda m, gi, go: (gi[0] * 0,))
x.grad = None; n(x).backward(); print(x.grad, n.a.weight.grad)
with torch.no_grad(): print(n(x))
y = n.a(x); print(y.grad_fn, y._is_view())
try: y += 1
except RuntimeError as e: print(e)
