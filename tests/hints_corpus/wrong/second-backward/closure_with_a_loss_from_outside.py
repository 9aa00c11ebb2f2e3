import torch

w = torch.zeros(2, requires_grad=True)
X, y = torch.randn(20, 2), torch.randn(20)
opt = torch.optim.LBFGS([w])
loss = ((X @ w - y) ** 2).mean()  # <-


def closure():
    opt.zero_grad()
    loss.backward()
    return loss


opt.step(closure)
