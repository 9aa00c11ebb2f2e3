import torch
t = torch.arange(6.).view(2, 3)
print(t.max(dim=1), t.sum(dim=1, keepdim=True), t.argmax(dim=1, keepdim=True), t.std(dim=0, unbiased=False), t.var(1, False), t.std(1, True), t.mean((0, 1)), t.sum([0, 1]), t.amax((0, 1)))
print(torch.sum(t, 1, True), torch.mean(t, 1, True), torch.max(t, 1, True), t.median(1, True), t.norm(2, 1), t.norm(2, 1, True), t.prod(1, True), torch.argmax(t, 0, True), t.all(1, True), t.cumsum(1), t.sort(1, True), t.topk(2, 1, False), torch.std(t, 0, False), t.logsumexp(1, True))
