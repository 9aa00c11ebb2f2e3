import torch


class SGD:
    def __init__(s, params, lr):
        s.params = list(params)
        s.lr = lr

    def step(s):
        with torch.no_grad():
            s.params = [p - s.lr * p.grad for p in s.params]


w = torch.ones(1, requires_grad=True)
o = SGD([w], 0.1)
for i in range(2):
    l = (o.params[0] * 2 - 1) ** 2
    l.backward()
    o.step()
