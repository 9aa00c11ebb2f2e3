import torch
torch.manual_seed(4)
X = torch.randn(30, 2)
y = X @ torch.tensor([1.5, -0.5])
w = torch.zeros(2, requires_grad=True)
v = torch.zeros_like(w)
for step in range(20):
    loss = (X @ w - y).pow(2).mean()
    loss.backward()
    with torch.no_grad():
        v.mul_(0.9).add_(w.grad)
        w.sub_(0.05 * v)
        w.grad = None
print(w, v.norm())
