# Silent mistakes as they stand in larger programs.
#: clears_w_only zero-one-of-two
w = torch.randn(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
params = {"w": w, "b": b}
def step(X, y):
    loss = F.mse_loss(X @ w + b, y)
    loss.backward()
    w.data.add_(w.grad, alpha=-0.05)
    b.data.add_(b.grad, alpha=-0.05)
    w.grad.zero_()
    w.grad.zero_()
#: gradients_divided_again divided-twice
# gradient accumulation that averages in the loss and again in the scale of the gradients
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.05)
params = net
def step(X, y):
    opt.zero_grad()
    loss = F.mse_loss(net(X), y)
    loss.backward()
    for p in net.parameters():
        p.grad /= len(X)
    opt.step()
#: flattened_by_the_network broadcast-n-n
net = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 1), nn.Flatten(0))
opt = torch.optim.Adam(net.parameters(), lr=1e-3)
params = net
def step(X, y):
    opt.zero_grad()
    loss = nn.SmoothL1Loss()(net(X), y)
    loss.backward()
    opt.step()
    return loss.item()
#: prediction_out_of_a_list rebuilt-from-numbers
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.05)
params = net
def step(X, y):
    opt.zero_grad()
    pred = torch.tensor(net(X).tolist(), requires_grad=True)
    F.mse_loss(pred, y).backward()
    opt.step()
#: score_minimized uphill-step
# objective wanted large, loss minimised: forgot to change the sign back
w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
params = [w, b]
def step(X, y):
    for p in params: p.grad = None
    score = -((X @ w + b - y) ** 2).mean()
    score.backward()
    for p in params:
        p.data -= 0.05 * p.grad
