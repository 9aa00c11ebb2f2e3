import torch


def batches(n):
    for _ in range(n):
        yield torch.randn(4, 2), torch.randn(4)


w = torch.zeros(2, requires_grad=True)
opt = torch.optim.SGD(params=[w], lr=0.1)
log = {}
for i, (X, y) in enumerate(batches(3)):
    opt.zero_grad()
    loss = ((X @ w - y) ** 2).mean()
    loss.backward()
    opt.step()
    opt.zero_grad(set_to_none=True)  # <- cause
    log[i] = {"loss": loss.item(), "grad": w.grad.tolist()}
