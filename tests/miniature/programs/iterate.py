import torch
t = torch.tensor([[1, 2], [3, 4]])
for row in t:
    for v in row:
        print(v, v.item())
for i, (a, b) in enumerate(t):
    print(i, a + b)
print(len(t), list(t[0]), [x.item() for x in t.flatten()])
for x in torch.tensor(3):
    pass
