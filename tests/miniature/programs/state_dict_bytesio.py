import torch, io
from torch import nn
torch.manual_seed(0)
m = nn.Linear(2, 2)
buf = io.BytesIO()
torch.save(m.state_dict(), buf)
buf.seek(0)
m2 = nn.Linear(2, 2)
print(torch.equal(m.weight, m2.weight))
print(m2.load_state_dict(torch.load(buf)))
print(torch.equal(m.weight, m2.weight))
