import torch
ages = torch.tensor([15, 22, 37, 64, 8, 18])
adult = ages >= 18
print(adult, adult.sum(), ages[adult], ages[~adult])
print((ages > 10) & (ages < 40))
print(torch.where(adult, ages, torch.tensor(0)))
print(adult.float().mean(), adult.nonzero().flatten())
if (ages > 10) and (ages < 40):
    pass
