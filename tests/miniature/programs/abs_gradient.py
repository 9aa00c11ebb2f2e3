import torch
x = torch.tensor([-1., 0., 2.], requires_grad=True)
x.abs().sum().backward()
print(x.grad)
torch.nn.functional.relu(x).sum().backward()
print(x.grad)
torch.clamp(x, 0, 1).sum().backward()
print(x.grad)
