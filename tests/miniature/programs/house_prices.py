import torch
import torch.nn as nn
import torch.optim as optim

torch.manual_seed(10)
sizes = torch.tensor([[50.], [80.], [100.], [120.], [150.]])
prices = torch.tensor([[150.], [240.], [310.], [355.], [450.]])
sizes_n = (sizes - sizes.mean()) / sizes.std()
model = nn.Sequential(nn.Linear(1, 4), nn.ReLU(), nn.Linear(4, 1))
opt = optim.Adam(model.parameters(), lr=0.1)
history = []
for epoch in range(50):
    loss = nn.functional.mse_loss(model(sizes_n), prices)
    opt.zero_grad(); loss.backward(); opt.step()
    history.append(loss.item())
print(f"first {history[0]:.1f} last {history[-1]:.1f}")
print("down" if history[-1] < history[0] else "up")
print(model[0].weight.shape, model(sizes_n).shape)
