import torch


def train_one(w, x, y):
    loss = ((x * w).sigmoid() - y).pow(2).mean()
    loss.backward()
    return loss


w = torch.randn(1, requires_grad=True)
loss = train_one(w, torch.randn(5), torch.rand(5))
print(w.grad)
loss.backward()
