import torch
class Counter:
    calls = 0
def f(x):
    Counter.calls += 1
    return x.pow(2).sum()
x = torch.tensor([3.0], requires_grad=True)
opt = torch.optim.Adam([x], lr=0.5)
for i in range(5):
    opt.zero_grad(); l = f(x); l.backward(); opt.step(); print(i, x.item(), x.grad.item())
print(Counter.calls, opt)
opt2 = torch.optim.AdamW([x], lr=0.5, weight_decay=0.1); opt2.zero_grad(); f(x).backward(); opt2.step(); print(x)
for O in (torch.optim.RMSprop, torch.optim.Adagrad): o = O([x], lr=0.1); o.zero_grad(); f(x).backward(); o.step(); print(O.__name__, x.item())
