import torch

def data_iter(batch_size, X):
    for rows in torch.randperm(len(X)).split(batch_size):
        yield X[rows]

X = torch.arange(6.0)
seen = []
for epoch in range(3):
    batches = data_iter(2, X)
    seen.append(sum(len(batch) for batch in batches))
print(seen)
