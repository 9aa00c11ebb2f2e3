# Silent mistakes in unusual places.
#: house_prices_uphill uphill-step
y = 1e5 * y + 3e5
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.05, maximize=True)


def step(X, y):
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    opt.step()


#: indices_of_the_maximum loss-without-derivative
params = net = nn.Linear(2, 3)
opt = torch.optim.SGD(net.parameters(), lr=0.05)


def step(X, y):
    opt.zero_grad()
    _, predicted = torch.max(net(X), 1)
    loss = ((predicted.float() - y.flatten()) ** 2).mean()
    loss.requires_grad_()
    loss.backward()
    opt.step()


#: gradients_stay_in_a_list_of_trainers forgotten-zero
class Base:
    def __init__(self, net):
        self.net, self.opt = net, torch.optim.SGD(net.parameters(), lr=0.005)

    def before(self):
        pass

    def run(self, X, y):
        self.before()
        loss = F.mse_loss(self.net(X), y)
        loss.backward()
        self.opt.step()


class Child(Base):
    def before(self):
        self.net.train()


params = nn.Linear(2, 1)
step = Child(params).run
#: frozen_then_unfrozen_too_late parameter-not-in-optimizer
params = net = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
net[0].requires_grad_(False)
opt = torch.optim.Adam(filter(lambda p: p.requires_grad, net.parameters()), lr=0.01)
net[0].requires_grad_(True)


def step(X, y):
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    opt.step()


#: added_layer_after_optimizer parameter-not-in-optimizer
params = net = nn.Sequential(nn.Linear(2, 4), nn.Tanh())
opt = torch.optim.SGD(net.parameters(), lr=0.01)
net.append(nn.Linear(4, 1))


def step(X, y):
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    opt.step()


#: zero_after_backward_in_a_helper zero-before-step
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)


def compute(X, y):
    loss = F.mse_loss(net(X), y)
    loss.backward()
    return loss


def clear():
    for p in net.parameters():
        p.grad.detach_()
        p.grad.zero_()


def step(X, y):
    loss = compute(X, y)
    clear()
    opt.step()
    return loss.item()


#: closure_without_zero_grad forgotten-zero
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.005)


def step(X, y):
    def closure():
        loss = F.mse_loss(net(X), y)
        loss.backward()
        return loss

    opt.step(closure)


#: micro_batches_never_cleared forgotten-zero
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.002)


def step(X, y):
    for a, c in zip(X.split(5), y.split(5)):
        (F.mse_loss(net(a), c) / 2).backward()
    opt.step()


#: smoothed_loss_with_graph total-keeps-graph
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.02)
smooth = None


def step(X, y):
    global smooth
    opt.zero_grad()
    loss = F.mse_loss(net(X), y)
    loss.backward()
    opt.step()
    smooth = loss if smooth is None else 0.9 * smooth + 0.1 * loss


#: outputs_collected total-keeps-graph
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.02)
epoch = []


def step(X, y):
    opt.zero_grad()
    out = net(X)
    loss = F.l1_loss(out, y)
    loss.backward()
    opt.step()
    epoch.append({"loss": loss, "n": len(X)})


#: minus_in_the_rate uphill-step
params = net = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1))


def step(X, y):
    lr = -0.01
    net.zero_grad()
    F.l1_loss(net(X), y).backward()
    with torch.no_grad():
        for p in net.parameters():
            p.sub_(lr * p.grad)


#: one_weight_of_two_uphill uphill-step
w1 = torch.zeros(2, 1, requires_grad=True)
w2 = torch.zeros(1, requires_grad=True)
params = {"w": w1, "b": w2}


def step(params, X, y):
    ((X @ params["w"] + params["b"] - y) ** 2).mean().backward()
    with torch.no_grad():
        params["w"] -= 0.05 * params["w"].grad
        params["b"] -= -0.05 * params["b"].grad
    for p in params.values():
        p.grad = None


#: loss_over_batch_and_rate_over_batch divided-twice
params = net = nn.Linear(2, 1, bias=False)


def step(X, y):
    B = len(X)
    loss = (net(X) - y).square().sum().div(B)
    loss.backward()
    for p in net.parameters():
        p.data.add_(p.grad.div(B), alpha=-0.3)
    net.zero_grad()


#: bias_broadcasts broadcast-n-n
W = torch.zeros(2, 1, requires_grad=True)
params = [W]


def step(X, y):
    residual = y.view(-1) - torch.matmul(X, W)
    (residual**2).mean().backward()
    with torch.no_grad():
        W.sub_(0.05 * W.grad)
        W.grad.zero_()


#: subtract_function broadcast-n-n
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.02)


def step(X, y):
    opt.zero_grad()
    torch.subtract(net(X)[:, 0], y).abs().mean().backward()
    opt.step()


#: detached_inside_the_module no-grad-forward
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(2, 4), nn.Linear(4, 1)

    def forward(self, x):
        h = torch.relu(self.a(x))
        return self.b(h.data)


params = net = Net()
opt = torch.optim.Adam(net.parameters(), lr=0.01)


def step(X, y):
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    opt.step()


#: inner_no_grad no-grad-forward
params = net = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
opt = torch.optim.Adam(net.parameters(), lr=0.01)


def step(X, y):
    opt.zero_grad()
    with torch.no_grad():
        h = net[1](net[0](X))
    F.mse_loss(net[2](h), y).backward()
    opt.step()


#: floored loss-without-derivative
w = torch.ones(2, 1, requires_grad=True)
params = [w]


def step(X, y):
    loss = (torch.floor(X @ w) - y).abs().mean()
    loss.backward()
    with torch.no_grad():
        w.sub_(0.1 * w.grad)
        w.grad.zero_()


#: in_place_forgotten rebind-loop-variable
params = [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]


def update(p, g, lr=0.1):
    p = p.detach() - lr * g
    return p


def step(params, X, y):
    loss = ((X @ params[0] + params[1] - y) ** 2).mean()
    loss.backward()
    for p in params:
        update(p, p.grad)
        p.grad.zero_()
