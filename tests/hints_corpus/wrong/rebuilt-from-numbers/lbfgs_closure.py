import torch

w = torch.ones(2, requires_grad=True)
opt = torch.optim.LBFGS([w])


def closure():
    opt.zero_grad()
    loss = (w.detach() ** 2).sum()  # <- cause
    loss.backward()
    return loss


opt.step(closure)
