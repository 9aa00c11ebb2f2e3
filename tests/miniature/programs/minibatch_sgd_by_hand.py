import torch
torch.manual_seed(0)
n, bs = 12, 4
X = torch.randn(n, 1)
Y = 4 * X - 1
w, b = torch.zeros(1, requires_grad=True), torch.zeros(1, requires_grad=True)
for epoch in range(3):
    perm = torch.randperm(n)
    for i in range(0, n, bs):
        idx = perm[i:i + bs]
        loss = ((X[idx] * w + b - Y[idx]) ** 2).mean()
        loss.backward()
        for p in (w, b):
            p.data -= 0.1 * p.grad
            p.grad.zero_()
    print(epoch, loss.item())
print(w, b)
