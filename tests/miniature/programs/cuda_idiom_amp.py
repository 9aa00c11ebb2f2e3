import torch
device = "cuda" if torch.cuda.is_available() else "cpu"
m = torch.nn.Linear(1, 1).to(device)
x = torch.ones(1, 1, device=device)
print(device, m(x).device, x.device.type, next(m.parameters()).is_cuda, torch.device(device))
print(torch.backends.mps.is_available() if hasattr(torch.backends, "mps") else None)
