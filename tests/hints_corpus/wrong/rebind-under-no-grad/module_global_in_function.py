import torch

w = torch.tensor(1.0, requires_grad=True)
data = [(1.0, 2.0), (2.0, 4.0)]


def train_epoch():
    global w
    for x, y in data:
        loss = (w * x - y) ** 2
        loss.backward()
        with torch.no_grad():
            w = w - 0.1 * w.grad  # <- cause


train_epoch()
