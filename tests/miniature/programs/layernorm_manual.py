import torch, torch.nn as nn
torch.manual_seed(5)
x = torch.randn(2, 4, requires_grad=True)
ln = nn.LayerNorm(4)
y = ln(x)
m = x.mean(-1, keepdim=True); v = x.var(-1, keepdim=True, unbiased=False)
print(torch.allclose(y, (x - m) / (v + ln.eps).sqrt(), atol=1e-6), y)
(y ** 3).sum().backward()
print(x.grad, ln.weight.grad)
