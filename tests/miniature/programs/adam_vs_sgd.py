import torch
def run(cls, **kw):
    p = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    o = cls([p], **kw)
    for _ in range(10):
        o.zero_grad()
        (p ** 2).sum().backward()
        o.step()
    return p
print(run(torch.optim.SGD, lr=0.1))
print(run(torch.optim.Adam, lr=0.1))
print(run(torch.optim.AdamW, lr=0.1))
print(run(torch.optim.Adam, lr=0.1, weight_decay=0.1))
print(run(torch.optim.RMSprop, lr=0.1))
print(run(torch.optim.Adagrad, lr=0.1))
