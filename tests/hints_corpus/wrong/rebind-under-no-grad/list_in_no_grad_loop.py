import torch

Ws = [torch.randn(2, 2, requires_grad=True) for _ in range(3)]
x = torch.randn(4, 2)
for epoch in range(2):
    h = x
    for W in Ws:
        h = torch.tanh(h @ W)
    loss = h.pow(2).mean()
    loss.backward()
    with torch.no_grad():
        Ws = [W - 0.1 * W.grad for W in Ws]  # <- cause
