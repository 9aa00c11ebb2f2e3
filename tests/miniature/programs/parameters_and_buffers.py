import torch
from torch import nn
p = nn.Parameter(torch.tensor([1.0, 2.0])); print(p, p.data, p.requires_grad, p.is_leaf, p.grad, type(p), isinstance(p, torch.Tensor), p.shape)
q = p * 2; print(type(q), q); r = p.clone(); print(type(r)); print(nn.Parameter(torch.tensor([1.0]), requires_grad=False), p.detach(), [p], repr(p))
try: nn.Parameter(torch.tensor([1, 2]))
except RuntimeError as e: print(e)
m = nn.Module(); m.w = p; print(list(m.parameters()), dict(m.named_parameters())); m.register_parameter("v", nn.Parameter(torch.zeros(1))); m.register_parameter("n", None); print(m.v, m.n, m.state_dict())
try: m.w = torch.ones(2)
except TypeError as e: print(e)
try: m.w = 3
except TypeError as e: print(e)
m.t = torch.ones(1); print("t" in m.state_dict(), m.t)
try: print(m.xyz)
except AttributeError as e: print(e)
del m.w; print(hasattr(m, "w"))
