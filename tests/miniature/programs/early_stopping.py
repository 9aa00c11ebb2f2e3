import torch
import torch.nn as nn
torch.manual_seed(0)
X = torch.randn(30, 1)
y = 2 * X + 1 + 0.1 * torch.randn(30, 1)
Xt, Xv, yt, yv = X[:20], X[20:], y[:20], y[20:]
m = nn.Linear(1, 1)
opt = torch.optim.SGD(m.parameters(), lr=0.1)
best, wait = float("inf"), 0
for epoch in range(100):
    m.train()
    opt.zero_grad()
    nn.functional.mse_loss(m(Xt), yt).backward()
    opt.step()
    m.eval()
    with torch.no_grad():
        v = nn.functional.mse_loss(m(Xv), yv)
    if v < best - 1e-4:
        best, wait = v.item(), 0
    else:
        wait += 1
        if wait >= 3:
            print("stop at", epoch)
            break
print(round(best, 4))
