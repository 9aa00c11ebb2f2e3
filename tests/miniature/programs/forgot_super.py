import torch.nn as nn
class M(nn.Module):
    def __init__(self):
        self.fc = nn.Linear(1, 1)
m = M()
