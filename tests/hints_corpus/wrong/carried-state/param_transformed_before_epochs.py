import torch
import torch.nn.functional as F

torch.manual_seed(0)
logits = torch.zeros(4, requires_grad=True)
probs = F.softmax(logits, dim=0)  # <- cause
target = torch.tensor([0.1, 0.2, 0.3, 0.4])
opt = torch.optim.SGD([logits], lr=1.0)
for epoch in range(5):
    opt.zero_grad()
    kl = (target * (target / probs).log()).sum()
    kl.backward()
    opt.step()
