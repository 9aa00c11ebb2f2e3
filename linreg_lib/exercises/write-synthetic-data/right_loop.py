import random

import torch


def synthetic_data(w, b, num_examples):
    rows, labels = [], []
    for _ in range(num_examples):
        x = [random.gauss(0, 1) for _ in w]
        rows.append(x)
        share = sum(weight * value for weight, value in zip(w.tolist(), x))
        labels.append([share + b + random.gauss(0, 0.01)])
    return torch.tensor(rows), torch.tensor(labels)
