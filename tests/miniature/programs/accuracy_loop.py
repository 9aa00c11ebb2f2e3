import torch
torch.manual_seed(3)
logits = torch.randn(6, 4)
labels = torch.randint(0, 4, (6,))
probs = torch.softmax(logits, dim=-1)
conf, preds = probs.max(dim=-1)
for c, p, l in zip(conf, preds, labels):
    print(f"{c:.3f} {p} {l.item()} {'ok' if p == l else 'no'}")
print((preds == labels).float().mean().item())
print(torch.stack([conf, preds.float()], dim=1))
