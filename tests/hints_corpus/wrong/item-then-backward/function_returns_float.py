import torch


def total_loss(w, data):
    s = 0
    for x, y in data:
        s += ((w * x - y) ** 2).item()  # <- cause
    return s / len(data)


w = torch.tensor(0.5, requires_grad=True)
data = [(1.0, 2.0), (2.0, 4.0)]
loss = total_loss(w, data)
loss.backward()
