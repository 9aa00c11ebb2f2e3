import torch, copy
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset, random_split
torch.manual_seed(0)
ds = TensorDataset(torch.randn(40, 3), torch.randn(40, 1))
train, val = random_split(ds, [30, 10])
tl, vl = DataLoader(train, batch_size=8, shuffle=True), DataLoader(val, batch_size=10)
net = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, 1))
opt = torch.optim.AdamW(net.parameters(), lr=1e-2)
best, patience, wait = float("inf"), 2, 0
for epoch in range(10):
    net.train()
    for xb, yb in tl:
        opt.zero_grad()
        nn.functional.mse_loss(net(xb), yb).backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        opt.step()
    net.eval()
    with torch.no_grad():
        v = sum(nn.functional.mse_loss(net(xb), yb, reduction="sum").item() for xb, yb in vl) / len(val)
    if v < best - 1e-4:
        best, wait, state = v, 0, copy.deepcopy(net.state_dict())
    else:
        wait += 1
        if wait >= patience:
            print("early stop at", epoch)
            break
net.load_state_dict(state)
print(f"{best:.3f}", list(state)[:2])
