import torch
import torch.nn as nn
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
print(device, device.type)
x = torch.ones(2, device=device)
m = nn.Linear(2, 1).to(device)
print(x.device, m.weight.device, x.to("cpu").is_cuda)
print(next(m.parameters()).device)
