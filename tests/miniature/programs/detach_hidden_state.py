import torch
h = torch.zeros(1)
w = torch.tensor([0.5], requires_grad=True)
for t in range(3):
    h = h.detach() * w + 1
    h.sum().backward()
    print(t, h, w.grad)
