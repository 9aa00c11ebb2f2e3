import torch
import torch.nn.functional as F
x = torch.tensor([[0.1, 0.4, 0.5]], requires_grad=True)
l = F.kl_div(x.log_softmax(1), torch.tensor([[0.2, 0.3, 0.5]]))
l.backward()
print(l, x.grad)
n = F.normalize(x, dim=1)
print(n)
n.sum().backward()
print(x.grad)
