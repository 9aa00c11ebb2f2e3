import torch, torch.nn as nn
torch.manual_seed(0)
for act in (nn.Mish(), nn.SELU(), nn.Softsign(), nn.Softmin(dim=0), nn.ELU(), nn.GELU(), nn.SiLU(), nn.Softplus(), nn.Hardtanh(), nn.ReLU6(), nn.LeakyReLU(0.2), nn.LogSigmoid()):
    x = torch.linspace(-2, 2, 5, requires_grad=True)
    y = act(x)
    y.sum().backward()
    print(act, y.data, x.grad)
