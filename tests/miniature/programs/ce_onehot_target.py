import torch
import torch.nn as nn
torch.manual_seed(0)
out = torch.randn(2, 3, requires_grad=True)
t = torch.tensor([[1., 0., 0.], [0., 0.5, 0.5]])
loss = nn.CrossEntropyLoss()(out, t)
print(loss)
loss.backward()
print(out.grad)
