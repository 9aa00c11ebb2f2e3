import torch
torch.manual_seed(1)
w = torch.rand(3, 4)
print(torch.multinomial(w, 1), torch.multinomial(w, 3), torch.multinomial(w, 5, replacement=True), w.multinomial(2, generator=torch.Generator().manual_seed(2)))
print(torch.empty(4).exponential_(2.0), torch.empty(3, dtype=torch.float64).bernoulli_(0.5))
torch.multinomial(torch.tensor([0.5, 0.5]), 3)
