import torch


def synthetic_data(w, b, num_examples):
    ...
