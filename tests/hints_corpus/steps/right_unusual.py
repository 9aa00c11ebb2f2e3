# Right steps that do unusual things.
#: accumulated_over_sixteen_calls right
params = model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.05)
count = 0


def step(X, y):
    global count
    (F.mse_loss(model(X), y) / 16).backward()
    count += 1
    if count == 16:
        opt.step()
        opt.zero_grad()
        count = 0


#: critic_five_times right
G, D = nn.Linear(2, 1), nn.Linear(1, 1)
params = [G, D]
og, od = torch.optim.RMSprop(G.parameters(), lr=1e-3), torch.optim.RMSprop(D.parameters(), lr=1e-3)
turn = 0


def step(z, real):
    global turn
    turn += 1
    od.zero_grad()
    (D(G(z)).mean() - D(real).mean()).backward()
    od.step()
    for p in D.parameters():
        p.data.clamp_(-0.01, 0.01)
    if turn % 5 == 0:
        og.zero_grad()
        (-D(G(z)).mean()).backward()
        og.step()


#: triplets right
params = net = nn.Linear(2, 3, bias=False)
opt = torch.optim.SGD(net.parameters(), lr=0.001)


def step(X, y):
    a, p, n = net(X), net(X + 0.1), net(X.flip(0))
    loss = F.relu((a - p).pow(2).sum(1) - (a - n).pow(2).sum(1) + 50.0).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()


#: principal_direction right
w = torch.tensor([[0.6], [0.8]], requires_grad=True)
params = [w]


def step(X, y):
    variance = ((X @ w) ** 2).mean()
    variance.backward()
    with torch.no_grad():
        w.add_(w.grad, alpha=0.1)
        w.div_(w.norm())
        w.grad.zero_()


#: lagrange_multiplier_with_maximize right
w, lam = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, lam]
down, up = torch.optim.SGD([w], lr=0.05), torch.optim.SGD([lam], lr=0.05, maximize=True)


def step(X, y):
    down.zero_grad()
    up.zero_grad()
    (((X @ w - y) ** 2).mean() + (lam * (w.sum() - 1)).sum()).backward()
    down.step()
    up.step()


#: weight_norm right
params = net = nn.utils.parametrizations.weight_norm(nn.Linear(2, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.02)


def step(X, y):
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    opt.step()


#: spectral_norm right
params = net = nn.Sequential(
    nn.utils.parametrizations.spectral_norm(nn.Linear(2, 4)), nn.ReLU(), nn.Linear(4, 1)
)
opt = torch.optim.Adam(net.parameters(), lr=0.02)


def step(X, y):
    net.train()
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    opt.step()


#: own_autograd_function right
class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return 2 * x * g


w = torch.zeros(2, 1, requires_grad=True)
params = [w]


def step(X, y):
    Square.apply(X @ w - y).mean().backward()
    with torch.no_grad():
        w.sub_(0.1 * w.grad)
    w.grad = None


#: averaged_model right
from torch.optim.swa_utils import AveragedModel

params = net = nn.Linear(2, 1)
ema = AveragedModel(net)
opt = torch.optim.SGD(net.parameters(), lr=0.02)


def step(X, y):
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    opt.step()
    ema.update_parameters(net)


#: per_example_gradients right
from torch.func import vmap, grad

w = torch.zeros(2, requires_grad=True)
params = [w]


def loss_of(w, x, t):
    return (x @ w - t) ** 2


def step(X, y):
    each = vmap(grad(loss_of), in_dims=(None, 0, 0))(w.detach(), X, y.flatten())
    clipped = each / each.norm(dim=1, keepdim=True).clamp(min=1.0)
    with torch.no_grad():
        w.sub_(0.1 * clipped.mean(0))


#: forward_mode right
from torch.func import jvp

w = torch.zeros(2, 1)
params = [w]


def step(X, y):
    direction = torch.randn_like(w)
    value, slope = jvp(lambda w: ((X @ w - y) ** 2).mean(), (w,), (direction,))
    w.sub_(0.01 * slope * direction)


#: newton_with_hessian right
w = torch.zeros(2, requires_grad=True)
params = [w]


def step(X, y):
    f = lambda w: ((X @ w - y.flatten()) ** 2).mean()
    g = torch.autograd.functional.jacobian(f, w)
    H = torch.autograd.functional.hessian(f, w)
    with torch.no_grad():
        w.sub_(torch.linalg.solve(H, g))


#: random_search right
w = torch.zeros(2, 1)
params = [w]


def step(X, y):
    def f(v):
        return ((X @ v - y) ** 2).mean()

    trial = w + 0.1 * torch.randn_like(w)
    if f(trial) < f(w):
        w.copy_(trial)


#: coordinate_descent right
w = torch.zeros(2, 1, requires_grad=True)
params = [w]


def step(X, y):
    for j in range(2):
        loss = ((X @ w - y) ** 2).mean()
        (g,) = torch.autograd.grad(loss, w)
        with torch.no_grad():
            w[j] -= 0.1 * g[j]


#: backtracking right
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(X, y):
    def cost():
        return ((X @ w + b - y) ** 2).mean()

    loss = cost()
    gs = torch.autograd.grad(loss, params)
    rate = 1.0
    with torch.no_grad():
        while True:
            for p, g in zip(params, gs):
                p -= rate * g
            if cost() <= loss or rate < 1e-6:
                break
            for p, g in zip(params, gs):
                p += rate * g
            rate /= 2


#: meta_learning right
w = torch.zeros(2, 1, requires_grad=True)
params = [w]
opt = torch.optim.Adam(params, lr=0.01)


def step(X, y):
    half = len(X) // 2
    inner = ((X[:half] @ w - y[:half]) ** 2).mean()
    (g,) = torch.autograd.grad(inner, w, create_graph=True)
    fast = w - 0.1 * g
    outer = ((X[half:] @ fast - y[half:]) ** 2).mean()
    opt.zero_grad()
    outer.backward()
    opt.step()


#: learning_rate_as_tensor right
params = net = nn.Linear(2, 1)
opt = torch.optim.Adam(net.parameters(), lr=torch.tensor(0.01), foreach=False)


def step(X, y):
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    opt.step()


#: checkpointed right
from torch.utils.checkpoint import checkpoint

params = net = nn.Sequential(nn.Linear(2, 6), nn.Tanh(), nn.Linear(6, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.02)


def step(X, y):
    opt.zero_grad()
    h = checkpoint(net[:2], X, use_reentrant=False)
    F.mse_loss(net[2](h), y).backward()
    opt.step()


#: attention right
params = net = nn.ModuleList(
    [nn.Linear(2, 8), nn.MultiheadAttention(8, 2, batch_first=True), nn.Linear(8, 1)]
)
opt = torch.optim.AdamW(net.parameters(), lr=1e-3)


def step(X, y):
    h = net[0](X)[:, None, :].expand(-1, 3, -1)
    h, _ = net[1](h, h, h)
    loss = F.mse_loss(net[2](h.mean(1)), y)
    opt.zero_grad()
    loss.backward()
    opt.step()


#: complex_weights right
w = torch.zeros(2, 1, dtype=torch.complex64, requires_grad=True)
params = [w]
opt = torch.optim.SGD(params, lr=0.02)


def step(X, y):
    opt.zero_grad()
    (X.to(torch.complex64) @ w - y).abs().pow(2).mean().backward()
    opt.step()


#: half_precision right
params = net = nn.Linear(2, 1).bfloat16()
opt = torch.optim.SGD(net.parameters(), lr=0.05)


def step(X, y):
    opt.zero_grad()
    F.mse_loss(net(X.bfloat16()), y.bfloat16()).backward()
    opt.step()


#: sparse_embedding right
ids = torch.arange(25) % 4
params = emb = nn.Embedding(6, 1, sparse=True)
opt = torch.optim.SparseAdam(list(emb.parameters()), lr=0.01)


def step(X, y):
    opt.zero_grad()
    F.mse_loss(emb(ids[: len(y)]), y).backward()
    opt.step()


#: update_inside_hooks right
params = net = nn.Linear(2, 1)
opts = {p: torch.optim.SGD([p], lr=0.05) for p in net.parameters()}


def hook(p):
    opts[p].step()
    opts[p].zero_grad()


for p in net.parameters():
    p.register_post_accumulate_grad_hook(hook)


def step(X, y):
    F.mse_loss(net(X), y).backward()


#: house_prices right
y = 1e5 * y + 3e5
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.05)


def step(X, y):
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    opt.step()


#: tiny_rate right
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=1e-12)


def step(X, y):
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    opt.step()


#: already_solved right
w = torch.tensor([[2.0], [-3.4]], requires_grad=True)
b = torch.tensor([4.2], requires_grad=True)
params = [w, b]
y = X @ w.detach() + b.detach()


def step(X, y):
    ((X @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()


#: divided_by_ten_as_rate right
params = net = nn.Linear(2, 1)


def step(X, y):
    F.mse_loss(net(X), y).backward()
    with torch.no_grad():
        for p in net.parameters():
            p -= p.grad / 20
    net.zero_grad()


#: gradient_noise right
w = torch.zeros(2, 1, requires_grad=True)
params = [w]


def step(X, y):
    ((X @ w - y) ** 2).mean().backward()
    with torch.no_grad():
        w.sub_(0.01 * w.grad + 0.01 * torch.randn_like(w))
        w.grad.zero_()


#: two_parameters_tied right
enc = nn.Linear(2, 2, bias=False)
dec = nn.Linear(2, 2, bias=False)
dec.weight = enc.weight
params = [enc, dec]
opt = torch.optim.SGD(enc.parameters(), lr=0.02)


def step(X, y):
    opt.zero_grad()
    F.mse_loss(dec(enc(X)), X).backward()
    opt.step()


#: compares_with_itself right note:None
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.05)


def step(X, y):
    opt.zero_grad()
    out = net(X)
    F.mse_loss(out, out.detach()).backward()
    opt.step()
