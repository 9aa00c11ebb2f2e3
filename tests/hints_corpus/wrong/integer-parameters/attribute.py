import torch


class Line:
    def __init__(self, start):
        self.slope = torch.tensor(start)
        self.slope.requires_grad = True


Line(1)
