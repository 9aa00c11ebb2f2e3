import torch
words = ["emma", "ava"]
chars = sorted(set("".join(words)))
stoi = {c: i + 1 for i, c in enumerate(chars)}
stoi["."] = 0
N = torch.zeros((len(stoi), len(stoi)), dtype=torch.int32)
for w in words:
    cs = ["."] + list(w) + ["."]
    for a, b in zip(cs, cs[1:]):
        N[stoi[a], stoi[b]] += 1
print(N)
P = (N + 1).float()
P /= P.sum(1, keepdim=True)
print(P[0])
print(-P[0].log().mean())
