import torch

x = torch.linspace(0, 1, 10)
params = {"slope": torch.zeros(1, requires_grad=True), "shift": torch.zeros(1, requires_grad=True)}
for step in range(2):
    prediction = params["slope"] * x + params["shift"]
    loss = (prediction - 3 * x).square().mean()
    loss.backward()
    for name in params:
        params[name] = params[name] - 0.1 * params[name].grad
