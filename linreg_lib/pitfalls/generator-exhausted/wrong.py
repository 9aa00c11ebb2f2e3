import torch

def data_iter(batch_size, X):
    for rows in torch.randperm(len(X)).split(batch_size):
        yield X[rows]

X = torch.arange(6.0)
seen = []
batches = data_iter(2, X)
for epoch in range(3):
    seen.append(sum(len(batch) for batch in batches))
print(seen)
