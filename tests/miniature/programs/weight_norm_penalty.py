import torch
torch.manual_seed(0)
net = torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1))
x = torch.randn(5, 3, requires_grad=True)
out = net(x)
g = torch.autograd.grad(out.sum(), x, create_graph=True)[0]
gp = ((g.norm(2, dim=1) - 1) ** 2).mean()
print(gp)
gp.backward()
print(net[0].weight.grad)
