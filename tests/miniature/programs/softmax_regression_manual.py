import torch
torch.manual_seed(0)
n, d, k = 30, 2, 3
X = torch.randn(n, d)
y = torch.randint(0, k, (n,))
W = torch.zeros(d, k, requires_grad=True)
b = torch.zeros(k, requires_grad=True)
def softmax(z):
    e = (z - z.max(dim=1, keepdim=True).values).exp()
    return e / e.sum(dim=1, keepdim=True)
for i in range(5):
    p = softmax(X @ W + b)
    loss = -p[torch.arange(n), y].log().mean()
    loss.backward()
    with torch.no_grad():
        for t in (W, b):
            t -= 0.5 * t.grad
            t.grad.zero_()
    print(i, round(loss.item(), 4))
print(W)
