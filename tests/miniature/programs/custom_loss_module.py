import torch
import torch.nn as nn
class RMSLE(nn.Module):
    def __init__(self, eps=1e-6):
        super().__init__()
        self.mse = nn.MSELoss()
        self.eps = eps
    def forward(self, p, y):
        return torch.sqrt(self.mse(torch.log(p + 1), torch.log(y + 1)) + self.eps)
p = torch.tensor([3., 5.], requires_grad=True)
loss = RMSLE()(p, torch.tensor([2.5, 5.5]))
print(loss)
loss.backward()
print(p.grad)
