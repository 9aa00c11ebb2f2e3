import io
import torch
import torch.nn as nn
m = nn.Linear(1, 1)
buf = io.BytesIO()
torch.save(m.state_dict(), buf)
buf.seek(0)
print(torch.load(buf).keys())
