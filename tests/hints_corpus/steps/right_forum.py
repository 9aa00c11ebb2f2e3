# Steps as people post them, without a mistake in the step.
#: sine_tutorial right
params = [torch.randn((), requires_grad=True) for _ in range(4)]
xs = torch.linspace(-1, 1, 50)
ys = torch.sin(3 * xs)
learning_rate = 1e-2


def step():
    a, b, c, d = params
    y_pred = a + b * xs + c * xs**2 + d * xs**3
    loss = (y_pred - ys).pow(2).sum()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= learning_rate / 50 * p.grad
            p.grad = None
    return loss.item()


#: epoch_function right
from torch.utils.data import Dataset, DataLoader


class Toy(Dataset):
    def __init__(self, X, y):
        self.X, self.y = X, y

    def __len__(self):
        return len(self.X)

    def __getitem__(self, i):
        return self.X[i], self.y[i]


train_loader = DataLoader(Toy(X, y), batch_size=8, shuffle=True, drop_last=False)
params = model = nn.Linear(2, 1)
criterion, optimizer = nn.MSELoss(), torch.optim.SGD(model.parameters(), lr=0.03)


def train_one_epoch(epoch=0):
    model.train()
    running_loss = 0.0
    for i, (inputs, labels) in enumerate(train_loader):
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        running_loss += loss.item()
    return running_loss / len(train_loader)


step = lambda: train_one_epoch(0)
#: next_of_iter right
from torch.utils.data import DataLoader, TensorDataset

loader = DataLoader(TensorDataset(X, y), batch_size=5)
params = model = nn.Linear(2, 1)
opt = torch.optim.Adam(model.parameters())


def step(X, y):
    xb, yb = next(iter(loader))
    opt.zero_grad()
    F.mse_loss(model(xb), yb).backward()
    opt.step()


#: endless_iterator_outside right
from torch.utils.data import DataLoader, TensorDataset

loader = DataLoader(TensorDataset(X, y), batch_size=5, shuffle=True)
batches = iter(loader)
params = model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.01)


def step(X, y):
    global batches
    try:
        xb, yb = next(batches)
    except StopIteration:
        batches = iter(loader)
        xb, yb = next(batches)
    opt.zero_grad()
    F.mse_loss(model(xb), yb).backward()
    opt.step()


#: early_stopping_and_best right
import copy

params = model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.05)
best = {"loss": float("inf"), "state": None}


def step(xb, yb):
    opt.zero_grad()
    loss = F.mse_loss(model(xb), yb)
    loss.backward()
    opt.step()
    if loss.item() < best["loss"]:
        best["loss"], best["state"] = loss.item(), copy.deepcopy(model.state_dict())


#: plateau right
params = model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.05)
sched = torch.optim.lr_scheduler.ReduceLROnPlateau(opt, patience=2)


def step(xb, yb):
    opt.zero_grad()
    loss = F.mse_loss(model(xb), yb)
    loss.backward()
    opt.step()
    sched.step(loss.item())
    return loss.item(), opt.param_groups[0]["lr"]


#: mixup right
params = model = nn.Sequential(nn.Linear(2, 6), nn.ReLU(), nn.Linear(6, 1))
opt = torch.optim.AdamW(model.parameters(), lr=1e-3)


def step(xb, yb):
    lam = torch.distributions.Beta(0.2, 0.2).sample().item()
    perm = torch.randperm(len(xb))
    x = lam * xb + (1 - lam) * xb[perm]
    opt.zero_grad()
    out = model(x)
    loss = lam * F.mse_loss(out, yb) + (1 - lam) * F.mse_loss(out, yb[perm])
    loss.backward()
    opt.step()


#: logistic_from_scratch right
w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
params = [w, b]
y = (y > y.mean()).float()


def step(X, y):
    p = 1 / (1 + torch.exp(-(X @ w + b)))
    loss = -(y * torch.log(p + 1e-8) + (1 - y) * torch.log(1 - p + 1e-8)).mean()
    loss.backward()
    with torch.no_grad():
        for t in (w, b):
            t -= 0.5 * t.grad
            t.grad.zero_()
    acc = ((p > 0.5).float() == y).float().mean()
    return loss.item(), acc.item()


#: softmax_from_scratch right
W = torch.normal(0, 0.01, (2, 3), requires_grad=True)
b = torch.zeros(3, requires_grad=True)
params = [W, b]
y = torch.arange(25) % 3


def softmax(O):
    E = torch.exp(O)
    return E / E.sum(1, keepdim=True)


def step(X, y):
    y_hat = softmax(X @ W + b)
    l = -torch.log(y_hat[range(len(y_hat)), y])
    l.mean().backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()


#: d2l_train_epoch right
def linreg(X, w, b):
    return torch.matmul(X, w) + b


def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def sgd(params, lr, batch_size):
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()


w = torch.normal(0, 0.01, size=(2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
params = [w, b]
net, loss, lr, batch_size = linreg, squared_loss, 0.03, 10


def step(X, y):
    l = loss(net(X, w, b), y)
    l.sum().backward()
    sgd([w, b], lr, batch_size)


#: lightning_like right
class Lit(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 1)
        self.logged = {}

    def log(self, key, value):
        self.logged[key] = float(value)

    def training_step(self, batch, i):
        x, y = batch
        loss = F.mse_loss(self.layer(x), y)
        self.log("train_loss", loss)
        return loss

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=0.01)


params = lit = Lit()
opt = lit.configure_optimizers()


def step(X, y):
    loss = lit.training_step((X, y), 0)
    opt.zero_grad()
    loss.backward()
    opt.step()


#: dataclass_state right
from dataclasses import dataclass, field


@dataclass
class State:
    model: nn.Module
    opt: object
    seen: int = 0
    losses: list = field(default_factory=list)


model = nn.Linear(2, 1)
state = State(model, torch.optim.SGD(model.parameters(), lr=0.05))
params = model


def step(X, y, state=state):
    state.opt.zero_grad()
    loss = F.mse_loss(state.model(X), y)
    loss.backward()
    state.opt.step()
    state.seen += len(X)
    state.losses.append(loss.item())


#: partial right
from functools import partial


def train(model, opt, crit, X, y):
    opt.zero_grad()
    loss = crit(model(X), y)
    loss.backward()
    opt.step()
    return loss


model = nn.Linear(2, 1)
params = model
step = partial(train, model, torch.optim.SGD(model.parameters(), lr=0.05), nn.MSELoss())
#: ridge_by_hand right
w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
params = [w, b]
lam = 0.1


def step(X, y):
    err = X @ w + b - y
    loss = (err**2).mean() + lam * (w**2).sum()
    loss.backward()
    with torch.no_grad():
        w.sub_(0.05 * w.grad)
        b.sub_(0.05 * b.grad)
    w.grad = None
    b.grad = None


#: decoupled_decay_by_hand right
w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
params = [w, b]


def step(X, y):
    ((X @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        for p in (w, b):
            p.mul_(1 - 0.05 * 0.01)
            p -= 0.05 * p.grad
            p.grad.zero_()


#: lasso_proximal right
w = torch.zeros(2, 1, requires_grad=True)
params = [w]


def step(X, y):
    ((X @ w - y) ** 2).mean().backward()
    with torch.no_grad():
        w.sub_(0.05 * w.grad)
        w.copy_(torch.sign(w) * torch.relu(w.abs() - 0.005))
        w.grad.zero_()


#: sign_descent right
w = torch.zeros(2, 1, requires_grad=True)
params = [w]


def step(X, y):
    loss = ((X @ w - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w.sub_(0.01 * w.grad.sign())
    w.grad.zero_()


#: normalised_gradient right
w = torch.zeros(2, 1, requires_grad=True)
params = [w]


def step(X, y):
    loss = ((X @ w - y) ** 2).mean()
    (g,) = torch.autograd.grad(loss, w)
    w.data -= 0.05 * g / (g.norm() + 1e-8)
    return loss.item()


#: vae_like right
class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc, self.dec = nn.Linear(2, 4), nn.Linear(2, 2)

    def forward(self, x):
        mu, logvar = self.enc(x).chunk(2, dim=1)
        z = mu + torch.exp(0.5 * logvar) * torch.randn_like(mu)
        return self.dec(z), mu, logvar


params = vae = VAE()
opt = torch.optim.Adam(vae.parameters(), lr=1e-3)


def step(x, _):
    recon, mu, logvar = vae(x)
    kld = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    loss = F.mse_loss(recon, x, reduction="sum") + kld
    opt.zero_grad()
    loss.backward()
    opt.step()


#: dqn_like right
q, target = nn.Linear(2, 2), nn.Linear(2, 2)
target.load_state_dict(q.state_dict())
params = q
opt = torch.optim.Adam(q.parameters(), lr=1e-3)
ticks = 0


def step(s, r):
    global ticks
    actions = torch.zeros(len(s), 1, dtype=torch.long)
    with torch.no_grad():
        wanted = r + 0.9 * target(s).max(1, keepdim=True).values
    loss = F.smooth_l1_loss(q(s).gather(1, actions), wanted)
    opt.zero_grad()
    loss.backward()
    opt.step()
    ticks += 1
    if ticks % 10 == 0:
        target.load_state_dict(q.state_dict())


#: policy_gradient right
policy = nn.Linear(2, 2)
params = policy
opt = torch.optim.SGD(policy.parameters(), lr=0.01)


def step(s, r):
    dist = torch.distributions.Categorical(logits=policy(s))
    a = dist.sample()
    reward = (r.squeeze(1) - r.mean()) * (a * 2 - 1)
    loss = -(dist.log_prob(a) * reward).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()


#: transfer_head_only right
backbone = nn.Sequential(nn.Linear(2, 8), nn.ReLU())
head = nn.Linear(8, 1)
model = nn.Sequential(backbone, head)
for p in backbone.parameters():
    p.requires_grad = False
params = model
opt = torch.optim.SGD(head.parameters(), lr=0.02)


def step(x, y):
    backbone.eval()
    opt.zero_grad()
    F.mse_loss(model(x), y).backward()
    opt.step()


#: amp_with_disabled_scaler right
params = model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.02)
scaler = torch.amp.GradScaler("cpu", enabled=False)


def step(x, y):
    opt.zero_grad(set_to_none=True)
    loss = F.mse_loss(model(x), y)
    scaler.scale(loss).backward()
    scaler.step(opt)
    scaler.update()


#: embedding right
ids = torch.arange(25) % 5
params = emb = nn.Sequential(nn.Embedding(5, 3), nn.Linear(3, 1))
opt = torch.optim.Adam(emb.parameters(), lr=0.01)


def step(x, y):
    opt.zero_grad()
    F.mse_loss(emb(ids[: len(y)]), y).backward()
    opt.step()


#: convolution right
params = net = nn.Sequential(nn.Conv1d(1, 4, 2), nn.Flatten(), nn.ReLU(), nn.Linear(4, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)


def step(x, y):
    opt.zero_grad()
    loss = F.huber_loss(net(x.unsqueeze(1)), y)
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), max_norm=1.0)
    opt.step()
    return loss.item()


#: heteroscedastic right
params = net = nn.Linear(2, 2)
opt = torch.optim.Adam(net.parameters(), lr=0.01)


def step(x, y):
    out = net(x)
    mean, log_var = out[:, :1], out[:, 1:]
    loss = F.gaussian_nll_loss(mean, y, log_var.exp())
    opt.zero_grad()
    loss.backward()
    opt.step()


#: multi_task right
trunk, a, b = nn.Linear(2, 6), nn.Linear(6, 1), nn.Linear(6, 1)
params = nn.ModuleDict({"trunk": trunk, "a": a, "b": b})
opt = torch.optim.Adam(params.parameters(), lr=0.01)


def step(x, y):
    h = torch.relu(trunk(x))
    la, lb = F.mse_loss(a(h), y), F.binary_cross_entropy_with_logits(b(h), (y > 0).float())
    opt.zero_grad()
    la.backward(retain_graph=True)
    lb.backward()
    opt.step()


#: alternating_by_counter right
p1 = torch.zeros(2, 1, requires_grad=True)
p2 = torch.zeros(1, requires_grad=True)
params = [p1, p2]
o1, o2 = torch.optim.SGD([p1], lr=0.05), torch.optim.SGD([p2], lr=0.05)
turn = 0


def step(x, y):
    global turn
    o1.zero_grad()
    o2.zero_grad()
    ((x @ p1 + p2 - y) ** 2).mean().backward()
    (o1 if turn % 2 == 0 else o2).step()
    turn += 1


#: standardised_targets_in_class right
class Reg:
    def __init__(self, X, y):
        self.mx, self.sx, self.my, self.sy = X.mean(0), X.std(0), y.mean(), y.std()
        self.net = nn.Linear(2, 1)
        self.opt = torch.optim.SGD(self.net.parameters(), lr=0.1)

    def partial_fit(self, X, y):
        X, y = (X - self.mx) / self.sx, (y - self.my) / self.sy
        self.opt.zero_grad()
        loss = F.mse_loss(self.net(X), y)
        loss.backward()
        self.opt.step()
        return self


r = Reg(X, y)
params, step = r.net, r.partial_fit
#: printing_every_call right
params = model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.05)
i = 0


def step(x, y):
    global i
    opt.zero_grad()
    out = model(x)
    loss = F.mse_loss(out, y)
    loss.backward()
    opt.step()
    i += 1
    if i % 1 == 0:
        print(f"step {i}: loss {loss.item():.4f}, grad {model.weight.grad.norm():.4f}")
    return loss


#: pretrained_then_finetuned right
params = model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)


def step(x, y):
    opt.zero_grad()
    loss = F.mse_loss(model(x), y)
    loss.backward()
    opt.step()


for _ in range(200):
    step(X, y)
