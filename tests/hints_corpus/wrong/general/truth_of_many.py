import torch

losses = torch.tensor([0.1, 0.2])
if losses < 0.5:
    print("done")
