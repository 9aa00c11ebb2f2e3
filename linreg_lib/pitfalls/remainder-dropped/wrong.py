import torch

n, batch_size = 7, 3
rows = torch.arange(n)
drawn = []
for epoch in range(3):
    seen = []
    for i in range(0, n - batch_size + 1, batch_size):
        seen += rows[i : i + batch_size].tolist()
    drawn.append(len(seen))
print(drawn)
