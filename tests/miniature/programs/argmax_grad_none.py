import torch
x = torch.tensor([1., 3., 2.], requires_grad=True)
y = x.argmax()
print(y, y.requires_grad)
y.backward()
