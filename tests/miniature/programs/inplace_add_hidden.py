import torch
W = torch.ones(2, 2, requires_grad=True)
x = torch.ones(2)
out = torch.zeros(3, 2)
for i in range(3):
    x = torch.tanh(W @ x)
    out[i] = x
print(out)
out.sum().backward()
print(W.grad)
