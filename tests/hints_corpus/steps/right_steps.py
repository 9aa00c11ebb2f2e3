# Steps without a mistake, in the same styles. `note` names what may be noted about them.
#: momentum right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)


def step(X, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(X), y)
    loss.backward()
    optimizer.step()


#: nesterov right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(
    model.parameters(), lr=0.05, momentum=0.9, nesterov=True, weight_decay=1e-3
)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X), y).backward()
    optimizer.step()


#: momentum_beyond_the_plain_border right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.9, momentum=0.5)
X = (X - X.mean(0)) / X.std(0)


def step(X, y):
    optimizer.zero_grad()
    (F.mse_loss(model(X), y) / 2).backward()
    optimizer.step()


#: adam right
params = model = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss_fn = nn.MSELoss()


def step(X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    return loss


#: adam_with_history right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.Adam(model.parameters(), lr=0.1)


def step(X, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(X), y)
    loss.backward()
    optimizer.step()


for _ in range(50):
    step(X, y)
#: adamw right
params = model = nn.Sequential(nn.Linear(2, 8), nn.GELU(), nn.Linear(8, 1))
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2, weight_decay=0.1)


def step(model, X, y):
    optimizer.zero_grad(set_to_none=True)
    F.smooth_l1_loss(model(X), y).backward()
    optimizer.step()


#: adagrad right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.Adagrad(model.parameters(), lr=0.1)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X), y).backward()
    optimizer.step()


#: rmsprop right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.RMSprop(model.parameters(), lr=0.01, momentum=0.5)


def step(X, y):
    optimizer.zero_grad()
    F.l1_loss(model(X), y).backward()
    optimizer.step()


#: micro_batches right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)


def step(X, y):
    optimizer.zero_grad()
    parts = list(zip(X.chunk(5), y.chunk(5)))
    for a, b in parts:
        loss = F.mse_loss(model(a), b) / len(parts)
        loss.backward()
    optimizer.step()


#: accumulated_over_calls right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
calls = 0
accumulation_steps = 4


def step(X, y):
    global calls
    loss = F.mse_loss(model(X), y) / accumulation_steps
    loss.backward()
    calls += 1
    if calls % accumulation_steps == 0:
        optimizer.step()
        optimizer.zero_grad()


#: single_examples_accumulated right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)


def step(X, y):
    optimizer.zero_grad()
    for a, b in zip(X, y):
        (F.mse_loss(model(a), b) / len(X)).backward()
    optimizer.step()


#: clipped_by_norm right
params = model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X), y).backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 0.5)
    optimizer.step()


#: clipped_by_value right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X), y).backward()
    nn.utils.clip_grad_value_(model.parameters(), 0.1)
    optimizer.step()


#: clipped_by_hand right
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    ((X @ w + b - y) ** 2).mean().backward()
    norm = torch.sqrt(sum((p.grad**2).sum() for p in params))
    with torch.no_grad():
        if norm > 1:
            for p in params:
                p.grad[:] *= 1 / norm
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()


#: scheduler right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X), y).backward()
    optimizer.step()
    scheduler.step()


#: warm_up_from_zero right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: min(1.0, k / 100))


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X), y).backward()
    optimizer.step()
    scheduler.step()


#: one_cycle right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.1, total_steps=1000)


def step(X, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(X), y)
    loss.backward()
    optimizer.step()
    scheduler.step()
    return {"loss": loss.item(), "lr": scheduler.get_last_lr()[0]}


#: lbfgs right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.LBFGS(model.parameters(), lr=0.5)


def step(X, y):
    def closure():
        optimizer.zero_grad()
        loss = F.mse_loss(model(X), y)
        loss.backward()
        return loss

    optimizer.step(closure)


#: lbfgs_returning_its_loss right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.LBFGS(model.parameters(), max_iter=4, history_size=5)


def step(X, y):
    def closure():
        optimizer.zero_grad()
        loss = ((model(X) - y) ** 2).mean()
        loss.backward()
        return loss

    return optimizer.step(closure)


#: sgd_with_closure right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)


def step(X, y):
    def closure():
        optimizer.zero_grad()
        loss = F.mse_loss(model(X), y)
        loss.backward()
        return loss

    return optimizer.step(closure).item()


#: dropout right
params = model = nn.Sequential(nn.Linear(2, 16), nn.Dropout(0.5), nn.ReLU(), nn.Linear(16, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)


def step(X, y):
    model.train()
    optimizer.zero_grad()
    F.mse_loss(model(X), y).backward()
    optimizer.step()


#: batchnorm right
params = model = nn.Sequential(nn.Linear(2, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)


def step(X, y):
    model.train()
    optimizer.zero_grad()
    loss = F.mse_loss(model(X), y)
    loss.backward()
    optimizer.step()
    model.eval()
    return loss.item()


#: returns_a_dict right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)


def step(X, y):
    optimizer.zero_grad()
    pred = model(X)
    loss = F.mse_loss(pred, y)
    loss.backward()
    optimizer.step()
    return {"loss": loss, "pred": pred}


#: returns_loss_and_prediction right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)


def step(model, X, y):
    pred = model(X)
    loss = nn.functional.mse_loss(pred, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach(), pred.detach()


#: returns_gradients right
params = [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]


def step(params, X, y):
    w, b = params
    ((X @ w + b - y) ** 2).mean().backward()
    gradients = [p.grad.clone() for p in params]
    with torch.no_grad():
        for p, g in zip(params, gradients):
            p -= 0.1 * g
            p.grad = None
    return gradients


#: returns_copies right
params = [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]
path = []


def step(params, X, y):
    w, b = params
    ((X @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad = None
    path.append([p.detach().clone() for p in params])
    return path[-1]


#: hand_written_momentum right
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]
velocities = [torch.zeros_like(p) for p in params]


def step(params, X, y):
    w, b = params
    ((X @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        for p, v in zip(params, velocities):
            v[:] = 0.9 * v + p.grad
            p -= 0.02 * v
            p.grad.zero_()


#: hand_written_momentum_warm right
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]
velocities = [torch.full_like(p, -5.0) for p in params]


def step(X, y):
    global velocities
    loss = ((X @ w + b - y) ** 2).mean()
    gradients = torch.autograd.grad(loss, [w, b])
    velocities = [0.9 * v + g for v, g in zip(velocities, gradients)]
    for p, v in zip(params, velocities):
        p.data.sub_(0.02 * v)


#: hand_written_adam right
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]
states = [(torch.zeros_like(p), torch.zeros_like(p)) for p in params]
t = 1


def step(params, X, y):
    global t
    w, b = params
    ((X @ w + b - y) ** 2).mean().backward()
    for p, (v, s) in zip(params, states):
        with torch.no_grad():
            v[:] = 0.9 * v + 0.1 * p.grad
            s[:] = 0.999 * s + 0.001 * torch.square(p.grad)
            v_hat = v / (1 - 0.9**t)
            s_hat = s / (1 - 0.999**t)
            p[:] -= 0.01 * v_hat / (torch.sqrt(s_hat) + 1e-6)
        p.grad.data.zero_()
    t += 1


#: momentum_kept_in_grad right
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    ((X @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        for p in params:
            p -= 0.01 * p.grad
            p.grad.mul_(0.9)


#: own_optimizer_class right
class SGD:
    def __init__(self, params, lr):
        self.params, self.lr = list(params), lr

    def step(self):
        for p in self.params:
            p.data -= self.lr * p.grad

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]
optimizer = SGD(params, 0.05)


def step(X, y):
    optimizer.zero_grad()
    ((X @ w + b - y) ** 2).mean().backward()
    optimizer.step()


#: frozen_backbone right
params = model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
for p in model[0].parameters():
    p.requires_grad_(False)
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.05)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X), y).backward()
    optimizer.step()


#: frozen_but_handed_over right
params = model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
model[0].requires_grad_(False)
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X), y).backward()
    optimizer.step()


#: features_without_grad right
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone, self.head = nn.Linear(2, 8), nn.Linear(8, 1)


params = net = Net()
optimizer = torch.optim.SGD(net.head.parameters(), lr=0.05)


def step(X, y):
    with torch.no_grad():
        h = torch.tanh(net.backbone(X))
    loss = F.mse_loss(net.head(h), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


#: two_optimizers right
encoder, decoder = nn.Linear(2, 4), nn.Linear(4, 1)
params = [encoder, decoder]
opt1 = torch.optim.SGD(encoder.parameters(), lr=0.01)
opt2 = torch.optim.Adam(decoder.parameters(), lr=0.01)


def step(X, y):
    opt1.zero_grad()
    opt2.zero_grad()
    F.mse_loss(decoder(encoder(X)), y).backward()
    opt1.step()
    opt2.step()


#: gan right
G, D = nn.Linear(2, 1), nn.Sequential(nn.Linear(1, 4), nn.LeakyReLU(), nn.Linear(4, 1))
params = nn.ModuleList([G, D])
opt_g, opt_d = torch.optim.Adam(G.parameters(), lr=1e-3), torch.optim.Adam(D.parameters(), lr=1e-3)
bce = nn.BCEWithLogitsLoss()


def step(X, y):
    fake = G(X)
    opt_d.zero_grad()
    d_loss = bce(D(y), torch.ones_like(y)) + bce(D(fake.detach()), torch.zeros_like(y))
    d_loss.backward()
    opt_d.step()
    opt_g.zero_grad()
    g_loss = bce(D(fake), torch.ones_like(y))
    g_loss.backward()
    opt_g.step()


#: parameter_groups right
params = model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
optimizer = torch.optim.SGD(
    [{"params": model[0].parameters(), "lr": 1e-3}, {"params": model[2].parameters()}], lr=0.1
)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X), y).backward()
    optimizer.step()


#: loader_inside right
from torch.utils.data import DataLoader, TensorDataset

loader = DataLoader(TensorDataset(X, y), batch_size=5, shuffle=True)
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)


def step():
    total = 0.0
    for a, b in loader:
        optimizer.zero_grad()
        loss = F.mse_loss(model(a), b)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(a)
    return total / len(loader.dataset)


#: own_generator right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
generator = torch.Generator().manual_seed(1)


def step(X, y):
    rows = torch.randperm(len(X), generator=generator)[:8]
    optimizer.zero_grad()
    F.mse_loss(model(X[rows]), y[rows]).backward()
    optimizer.step()


#: noisy_inputs right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X + 0.1 * torch.randn_like(X)), y).backward()
    optimizer.step()


#: functional_returned right
params = [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]


def step(params, X, y):
    loss = ((X @ params[0] + params[1] - y) ** 2).mean()
    gradients = torch.autograd.grad(loss, params)
    return [(p - 0.1 * g).detach().requires_grad_() for p, g in zip(params, gradients)]


#: functional_with_func_grad right
from torch.func import grad

params = [torch.zeros(2, 1), torch.zeros(1)]


def loss_of(params, X, y):
    return ((X @ params[0] + params[1] - y) ** 2).mean()


def step(params, X, y):
    gradients = grad(loss_of)(tuple(params), X, y)
    return [p - 0.1 * g for p, g in zip(params, gradients)]


#: functional_dict right
from torch.func import functional_call, grad_and_value

model = nn.Linear(2, 1)
params = {k: v.detach().clone() for k, v in model.named_parameters()}


def loss_of(params, X, y):
    return F.mse_loss(functional_call(model, params, (X,)), y)


def step(params, X, y):
    gradients, value = grad_and_value(loss_of)(params, X, y)
    return {k: params[k] - 0.1 * gradients[k] for k in params}


#: functional_parameters right
params = [nn.Parameter(torch.zeros(2, 1)), nn.Parameter(torch.zeros(1))]


def step(params, X, y):
    loss = ((X @ params[0] + params[1] - y) ** 2).mean()
    loss.backward()
    return [nn.Parameter(p.data - 0.1 * p.grad) for p in params]


#: functional_with_loss right
params = (torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True))


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2).mean()
    gw, gb = torch.autograd.grad(loss, (w, b))
    with torch.no_grad():
        new = (w - 0.1 * gw, b - 0.1 * gb)
    return tuple(t.requires_grad_() for t in new)


#: globals_with_fresh_leaves right
w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
params = [w, b]


def step(X, y):
    global w, b
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    w = (w - 0.1 * w.grad).detach().requires_grad_()
    b = (b - 0.1 * b.grad).detach().requires_grad_()


#: gradient_by_hand_without_autograd right
w, b = torch.zeros(2, 1), torch.zeros(1)
params = [w, b]


def step(params, X, y):
    w, b = params
    error = X @ w + b - y
    w -= 0.1 * X.T @ error / len(X)
    b -= 0.1 * error.mean()


#: normal_equations_by_newton right
w = torch.zeros(2, 1, requires_grad=True)
params = [w]


def step(params, X, y):
    (w,) = params
    loss = ((X @ w - y) ** 2 / 2).mean()
    (g,) = torch.autograd.grad(loss, [w])
    with torch.no_grad():
        w -= torch.linalg.solve(X.T @ X / len(X), g)


#: log_likelihood_ascended right
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    log_likelihood = -0.5 * ((X @ w + b - y) ** 2).mean()
    log_likelihood.backward()
    with torch.no_grad():
        for p in params:
            p += 0.1 * p.grad
            p.grad.zero_()


#: log_likelihood_maximized right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01, maximize=True)


def step(X, y):
    optimizer.zero_grad()
    score = torch.distributions.Normal(model(X), 1.0).log_prob(y).mean()
    score.backward()
    optimizer.step()


#: minimax right
params = [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]


def step(params, X, y):
    w, multiplier = params
    lagrangian = ((X @ w - y) ** 2).mean() + multiplier * (w.sum() - 1)
    lagrangian.sum().backward()
    with torch.no_grad():
        w -= 0.05 * w.grad
        multiplier += 0.05 * multiplier.grad
        for p in params:
            p.grad.zero_()


#: logistic right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)


def step(X, y):
    optimizer.zero_grad()
    loss = F.binary_cross_entropy_with_logits(model(X), (y > 0).float())
    loss.backward()
    optimizer.step()


#: classes right
params = model = nn.Linear(2, 3)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
y = torch.randint(0, 3, (25,), generator=torch.Generator().manual_seed(0))


def step(X, y):
    optimizer.zero_grad()
    logits = model(X)
    loss = F.cross_entropy(logits, y)
    loss.backward()
    optimizer.step()
    accuracy = (logits.argmax(1) == y).float().mean()
    return loss.item(), accuracy.item()


#: quantiles right
params = model = nn.Linear(2, 3)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
q = torch.tensor([0.1, 0.5, 0.9])


def step(X, y):
    optimizer.zero_grad()
    error = y - model(X)
    loss = torch.maximum(q * error, (q - 1) * error).mean()
    loss.backward()
    optimizer.step()


#: radial_basis right
centres = torch.randn(10, 2, generator=torch.Generator().manual_seed(0)).requires_grad_()
weights = torch.zeros(10, 1, requires_grad=True)
params = [centres, weights]
optimizer = torch.optim.Adam(params, lr=0.01)


def step(X, y):
    optimizer.zero_grad()
    distance = ((X[:, None, :] - centres[None, :, :]) ** 2).sum(-1)
    loss = F.mse_loss(torch.exp(-distance) @ weights, y)
    loss.backward()
    optimizer.step()


#: feature_gates right
gate = torch.ones(2, requires_grad=True)
model = nn.Linear(2, 1)
params = [gate, *model.parameters()]
optimizer = torch.optim.SGD(params, lr=0.02)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X * gate), y).backward()
    optimizer.step()


#: products_summed right
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    y_hat = (X * w.T).sum(dim=1, keepdim=True) + b
    ((y_hat - y) ** 2).mean().backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()


#: one_feature_elementwise right
X = X[:, :1]
w, b = torch.zeros(1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    ((X * w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()


#: double_model right
params = model = nn.Linear(2, 1).double()
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X.double()), y.double()).backward()
    optimizer.step()


#: mixed_precision right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)


def step(X, y):
    optimizer.zero_grad()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        loss = F.mse_loss(model(X), y)
    loss.backward()
    optimizer.step()


#: penalty right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)


def step(X, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(X), y) + 1e-3 * sum(p.abs().sum() for p in model.parameters())
    loss.backward()
    optimizer.step()


#: gradient_penalty right
params = model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.02)


def step(X, y):
    X.requires_grad_()
    optimizer.zero_grad()
    out = model(X)
    (slope,) = torch.autograd.grad(out.sum(), X, create_graph=True)
    loss = F.mse_loss(out, y) + 0.01 * (slope**2).mean()
    loss.backward()
    optimizer.step()


#: sharpness_aware right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.02)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X), y).backward()
    with torch.no_grad():
        moves = [0.05 * p.grad for p in model.parameters()]
        for p, e in zip(model.parameters(), moves):
            p.add_(e)
    optimizer.zero_grad()
    F.mse_loss(model(X), y).backward()
    with torch.no_grad():
        for p, e in zip(model.parameters(), moves):
            p.sub_(e)
    optimizer.step()


#: weight_clipping_after right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.RMSprop(model.parameters(), lr=0.005)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X), y).backward()
    optimizer.step()
    for p in model.parameters():
        p.data.clamp_(-5, 5)


#: moving_average right
params = model = nn.Linear(2, 1)
average = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X), y).backward()
    optimizer.step()
    with torch.no_grad():
        for a, p in zip(average.parameters(), model.parameters()):
            a.mul_(0.99).add_(p, alpha=0.01)


#: teacher_in_a_list right
class Student(nn.Module):
    def __init__(self):
        super().__init__()
        self.line = nn.Linear(2, 1)
        self.teacher = [nn.Linear(2, 1)]

    def forward(self, x):
        return self.line(x)


params = student = Student()
optimizer = torch.optim.SGD(student.parameters(), lr=0.05)


def step(X, y):
    with torch.no_grad():
        target = student.teacher[0](X)
    optimizer.zero_grad()
    F.mse_loss(student(X), target).backward()
    optimizer.step()


#: lists_of_layers_registered_too right
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(2, 4), nn.Linear(4, 1)
        self.layers = [self.a, self.b]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


params = net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(net(X), y).backward()
    optimizer.step()


#: inner_loop right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.02)


def step(X, y):
    for _ in range(3):
        optimizer.zero_grad()
        F.mse_loss(model(X), y).backward()
        optimizer.step()


#: cleared_at_the_end right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.02)


def step(X, y):
    F.mse_loss(model(X), y).backward()
    optimizer.step()
    optimizer.zero_grad()


#: last_loss_kept right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.02)
last_loss = None


def step(X, y):
    global last_loss
    optimizer.zero_grad()
    last_loss = F.mse_loss(model(X), y)
    last_loss.backward()
    optimizer.step()


#: trainer_class right
class Trainer:
    def __init__(self, model, optimizer, loss_fn):
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn
        self.history, self.epoch = [], 0

    def train_step(self, X, y):
        self.model.train()
        self.optimizer.zero_grad()
        loss = self.loss_fn(self.model(X), y)
        loss.backward()
        self.optimizer.step()
        self.history.append(loss.item())
        self.epoch += 1
        return loss


model = nn.Linear(2, 1)
params = model
step = Trainer(model, torch.optim.SGD(model.parameters(), lr=0.05), nn.MSELoss()).train_step
#: library_sgd right
from linreg_lib import linreg, sgd, squared_loss

w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(X, y):
    l = squared_loss(linreg(X, w, b), y)
    l.sum().backward()
    sgd([w, b], 0.03, len(X))


#: fixed_divisor right note:short-last-batch
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]
batch_size = 10


def step(X, y):
    ((X @ w + b - y) ** 2 / 2).sum().backward()
    with torch.no_grad():
        for p in params:
            p -= 0.3 * p.grad / batch_size
            p.grad.zero_()


#: loss_returned_with_graph right note:total-keeps-graph
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.02)


def step(X, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(X), y)
    loss.backward()
    optimizer.step()
    return loss


#: unused_layer right note:None
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.used, self.spare = nn.Linear(2, 1), nn.Linear(3, 3)

    def forward(self, x):
        return self.used(x)


params = net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.02)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(net(X), y).backward()
    optimizer.step()


#: gradients_exist_already right
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]
(X @ w + b).sum().backward()


def step(params, X, y):
    w, b = params
    w.grad.zero_()
    b.grad.zero_()
    ((X @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        b -= 0.1 * b.grad


#: model_last_by_name right
model = nn.Linear(2, 1)
params = (model, torch.optim.SGD(model.parameters(), lr=0.05))


def step(x, y, pair):
    model, optimizer = pair
    optimizer.zero_grad()
    F.mse_loss(model(x), y).backward()
    optimizer.step()


#: optimizer_handed right
model = nn.Linear(2, 1)
params = torch.optim.SGD(model.parameters(), lr=0.05)


def step(optimizer, X, y):
    optimizer.zero_grad()
    F.mse_loss(model(X), y).backward()
    optimizer.step()


#: hinge_all_satisfied right
w = torch.full((2, 1), 0.0, requires_grad=True)
b = torch.full((1,), 1000.0, requires_grad=True)
params = [w, b]
y = torch.ones(25, 1)


def step(params, X, y):
    w, b = params
    torch.relu(1 - y * (X @ w + b)).mean().backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()


#: straight_through right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.02)


def step(X, y):
    optimizer.zero_grad()
    out = model(X)
    rounded = out + (out.round() - out).detach()
    F.mse_loss(rounded, y).backward()
    optimizer.step()


#: recurrent right
params = model = nn.ModuleList([nn.GRU(2, 4, batch_first=True), nn.Linear(4, 1)])
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)


def step(X, y):
    optimizer.zero_grad()
    out, hidden = model[0](X[:, None, :])
    F.mse_loss(model[1](out[:, -1]), y).backward()
    optimizer.step()


#: foreach_by_hand right
params = [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]


def step(params, X, y):
    loss = ((X @ params[0] + params[1] - y) ** 2).mean()
    gradients = torch.autograd.grad(loss, params)
    with torch.no_grad():
        torch._foreach_add_(params, gradients, alpha=-0.1)


#: rate_by_tenths right
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]
lr = 0.1


def step(params, X, y):
    w, b = params
    loss = torch.sum((X @ w + b - y) ** 2) / (2 * len(X))
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= lr * p.grad
            p.grad.zero_()


#: labels_scaled_inside right
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)


def step(X, y):
    mean, std = X.mean(0), X.std(0)
    optimizer.zero_grad()
    F.mse_loss(model((X - mean) / std), (y - y.mean()) / y.std()).backward()
    optimizer.step()


#: sparse_schedule_of_updates right
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]
queue = []


def step(params, X, y):
    queue.append((X, y))
    if len(queue) < 3:
        return
    for a, c in queue:
        (((a @ w + b - c) ** 2).mean() / 3).backward()
    queue.clear()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()
