import torch
from torch import nn

student = nn.Linear(3, 2)
teacher_w = student.weight.clone()
opt = torch.optim.SGD(student.parameters(), lr=0.1)
for step in range(3):
    x = torch.randn(4, 3)
    loss = ((student(x) - x @ teacher_w.T) ** 2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    teacher_w = 0.9 * teacher_w + 0.1 * student.weight  # <- cause
