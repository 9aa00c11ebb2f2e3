import torch

def centered(data):
    data -= data.mean()
    return data

x = torch.tensor([1.0, 2.0, 6.0])
z = centered(x)
print(x.mean())
