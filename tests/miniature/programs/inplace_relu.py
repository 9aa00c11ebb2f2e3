import torch
import torch.nn.functional as F
x = torch.tensor([-1., 0.5, 2.], requires_grad=True)
y = x * 2
z = F.relu(y, inplace=True)
print(y is z, y)
z.sum().backward()
print(x.grad)
