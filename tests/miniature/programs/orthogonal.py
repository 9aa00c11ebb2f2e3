import torch, torch.nn as nn
torch.manual_seed(3)
print(nn.init.trunc_normal_(torch.empty(4, 5), std=1.5), nn.init.trunc_normal_(torch.empty(3), std=0.02))
print(nn.init.orthogonal_(torch.empty(3, 5)), nn.init.orthogonal_(torch.empty(5, 3), gain=2), nn.init.orthogonal_(torch.empty(2, 2)))
w = nn.init.orthogonal_(nn.Linear(4, 4).weight); print((w @ w.T - torch.eye(4)).abs().max() < 1e-5, w.grad_fn, w.requires_grad)
print(torch.rand(2))
