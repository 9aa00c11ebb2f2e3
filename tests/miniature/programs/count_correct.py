import torch
logits = torch.tensor([[2., 1.], [0., 3.], [1., 0.], [0.2, 0.1]])
y = torch.tensor([0, 1, 1, 0])
pred = logits.argmax(1)
correct = (pred == y).sum()
print(correct, correct.item() / len(y), correct / len(y))
conf = torch.zeros(2, 2, dtype=torch.long)
for t, p in zip(y, pred):
    conf[t, p] += 1
print(conf)
print(torch.bincount(y), y.unique(), torch.unique(y, return_counts=True))
