import torch
d = {"loss": torch.tensor(0.25), "acc": torch.tensor([0.5, 1.0]), "n": 3}
print(d)
print([torch.tensor(1), torch.tensor(2.5)])
print((torch.zeros(2, 2), None))
print(f"{d['loss']!r} and {d['acc']!s}")
