import torch
from torch import nn


def main():
    emb = nn.Embedding(5, 3)
    out = nn.Linear(3, 1)
    params = list(emb.parameters()) + list(out.parameters())
    opt = torch.optim.Adam(params)
    vectors = torch.tanh(emb(torch.arange(5)))  # <- cause
    for _ in range(2):
        loss = out(vectors).pow(2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()


main()
