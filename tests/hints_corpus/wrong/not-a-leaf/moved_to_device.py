import torch

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
w = torch.zeros(3, 1, requires_grad=True).to(torch.float64).to(device)  # <- cause
x = torch.randn(4, 3, dtype=torch.float64, device=device)
loss = (x @ w).pow(2).sum() + (w - 1).pow(2).sum()
loss.backward()
print(w.grad.norm())
