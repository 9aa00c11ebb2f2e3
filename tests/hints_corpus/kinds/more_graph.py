#: inference
with torch.inference_mode():
    t = torch.ones(2)
t.requires_grad_()
#: inference
with torch.inference_mode():
    t = torch.ones(2)
t += 1
#: gradient-shape
(w * 2).sum().backward(torch.ones(2))
#: grad-size
w.grad = torch.ones(3)
#: not-recorded
X.retain_grad()
#: not-recorded
X.register_hook(print)
#: overlap
a = torch.zeros(1).expand(3)
a += 1
