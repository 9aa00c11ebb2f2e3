import torch
scores = torch.tensor([[0.1, 0.9], [0.8, 0.2]])
for row in scores: print(row.argmax().item(), row.max().item())
for i in range(scores.size(0)):
    for j in range(scores.size(1)): print(i, j, scores[i][j], float(scores[i, j]))
print({i: s.tolist() for i, s in enumerate(scores)}, list(map(float, scores[0])), max(scores[0]), sorted(scores[0].tolist(), reverse=True), sum(scores[0]), any(scores[0] > 0.5), [bool(v) for v in scores[0] > 0.5], scores[0].tolist().index(scores[0].max().item()))
print(zip(scores, scores).__next__()[0], enumerate(scores).__next__(), len(scores), reversed(scores[0]), tuple(scores[0]), *scores[0])
