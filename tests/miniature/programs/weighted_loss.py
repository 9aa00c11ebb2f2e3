import torch
import torch.nn as nn
x = torch.tensor([0.2, -1.0, 3.0], requires_grad=True)
y = torch.tensor([1., 0., 1.])
print(nn.BCEWithLogitsLoss(pos_weight=torch.tensor(2.0))(x, y))
per = nn.BCEWithLogitsLoss(reduction="none")(x, y)
w = torch.tensor([1., 0., 2.])
loss = (per * w).sum() / w.sum()
loss.backward()
print(per, x.grad)
