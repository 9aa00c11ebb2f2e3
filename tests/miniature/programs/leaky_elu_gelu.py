import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.tensor([-2., -0.5, 0., 1.], requires_grad=True)
print(F.leaky_relu(x, 0.1), F.elu(x), F.gelu(x), F.softplus(x))
print(nn.LeakyReLU()(x), nn.SiLU()(x))
F.leaky_relu(x, 0.1).sum().backward()
print(x.grad)
