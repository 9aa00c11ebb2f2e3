# Right steps of methods that are odd at first sight.
#: lookahead right
net = nn.Linear(2, 1)
slow = [p.detach().clone() for p in net.parameters()]
opt = torch.optim.SGD(net.parameters(), lr=0.05)
k = 0
params = net
def step(X, y):
    global k
    opt.zero_grad(); F.mse_loss(net(X), y).backward(); opt.step()
    k += 1
    if k % 5 == 0:
        with torch.no_grad():
            for s, p in zip(slow, net.parameters()):
                s += 0.5 * (p - s); p.copy_(s)
#: uncertainty_weights right
net = nn.Linear(2, 2)
log_vars = nn.Parameter(torch.zeros(2))
opt = torch.optim.Adam([*net.parameters(), log_vars], lr=0.01)
params = [*net.parameters(), log_vars]
def step(X, y):
    o = net(X)
    l1, l2 = F.mse_loss(o[:, :1], y), F.l1_loss(o[:, 1:], y)
    loss = sum(torch.exp(-lv) * l + lv for lv, l in zip(log_vars, (l1, l2)))
    opt.zero_grad()
    loss.backward()
    opt.step()
    return l1.item(), l2.item()
#: sam right
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.02)
params = net
def step(X, y):
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    eps = []
    with torch.no_grad():
        for p in net.parameters():
            e = 0.01 * p.grad / (p.grad.norm() + 1e-12)
            p.add_(e); eps.append(e)
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    with torch.no_grad():
        for p, e in zip(net.parameters(), eps):
            p.sub_(e)
    opt.step()
#: optimizer_in_backward right
net = nn.Linear(2, 1)
opts = {p: torch.optim.SGD([p], lr=0.02) for p in net.parameters()}
def hook(p):
    opts[p].step(); opts[p].zero_grad()
for p in net.parameters():
    p.register_post_accumulate_grad_hook(hook)
params = net
def step(X, y):
    F.mse_loss(net(X), y).backward()
#: per_sample right
from torch.func import vmap, grad, functional_call
net = nn.Linear(2, 1)
params = net
def one(p, x, t):
    return F.mse_loss(functional_call(net, p, (x[None],)), t[None])
def step(X, y):
    p = {k: v.detach() for k, v in net.named_parameters()}
    gs = vmap(grad(one), (None, 0, 0))(p, X, y)
    with torch.no_grad():
        for k, q in net.named_parameters():
            q.sub_(0.02 * gs[k].mean(0).clamp(-1, 1))
#: mean_teacher right
import copy
net = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Dropout(0.1), nn.Linear(4, 1))
teacher = copy.deepcopy(net)
opt = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
params = net
def step(X, y):
    net.train()
    pred = net(X)
    with torch.no_grad():
        t = teacher(X)
    loss = F.mse_loss(pred, y) + 0.1 * F.mse_loss(pred, t)
    opt.zero_grad()
    loss.backward()
    opt.step()
    for a, b in zip(teacher.parameters(), net.parameters()):
        a.data.mul_(0.99).add_(b.data, alpha=0.01)
#: alternating right
a, b = nn.Linear(2, 1), nn.Linear(2, 1)
oa, ob = torch.optim.SGD(a.parameters(), lr=0.02), torch.optim.SGD(b.parameters(), lr=0.02)
params = [*a.parameters(), *b.parameters()]
turn = [0]
def step(X, y):
    o = (oa, ob)[turn[0] % 2]
    turn[0] += 1
    loss = F.mse_loss(a(X) + b(X), y)
    oa.zero_grad(); ob.zero_grad()
    loss.backward()
    o.step()
#: grad_penalty right
net = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
opt = torch.optim.Adam(net.parameters(), lr=1e-3)
params = net
def step(X, y):
    x = X.clone().requires_grad_()
    out = net(x)
    g, = torch.autograd.grad(out.sum(), x, create_graph=True)
    loss = F.mse_loss(out, y) + 0.1 * (g.norm(dim=1) - 1).pow(2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
#: functional right
def net(p, X): return torch.tanh(X @ p["a"]) @ p["b"]
params = {"a": torch.randn(2, 4).requires_grad_(), "b": torch.randn(4, 1).requires_grad_()}
def step(params, X, y):
    gs = torch.autograd.grad(F.mse_loss(net(params, X), y), list(params.values()))
    return {k: (p - 0.05 * g).detach().requires_grad_() for (k, p), g in zip(params.items(), gs)}
#: hand_batchnorm right
params = net = nn.Sequential(nn.Linear(2, 4), nn.Linear(4, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.01)
def step(X, y):
    h = net[0](X)
    h = (h - h.mean(0)) / (h.std(0) + 1e-5)
    loss = ((net[1](torch.relu(h)) - y) ** 2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
#: batch_variance_penalty right
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.01)
def step(X, y):
    out = net(X)
    centred = out - out.mean(dim=0, keepdim=True)
    loss = ((centred - (y - y.mean())) ** 2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
#: global_context right
params = net = nn.ModuleList([nn.Linear(2, 3), nn.Linear(6, 1)])
opt = torch.optim.Adam(net.parameters(), lr=0.01)
def step(X, y):
    h = torch.tanh(net[0](X))
    ctx = h.mean(0, keepdim=True).expand_as(h)
    loss = F.mse_loss(net[1](torch.cat([h, ctx], 1)), y)
    opt.zero_grad(); loss.backward(); opt.step()
#: load_balancing right
params = net = nn.ModuleList([nn.Linear(2, 3), nn.Linear(2, 3)])
opt = torch.optim.Adam(net.parameters(), lr=0.01)
def step(X, y):
    gate = net[0](X).softmax(1)
    out = (gate * net[1](X)).sum(1, keepdim=True)
    balance = (gate.mean(0) ** 2).mean()
    loss = F.mse_loss(out, y) + 0.1 * balance
    opt.zero_grad(); loss.backward(); opt.step()
#: residual_mean_removed right
def step(params, X, y):
    w, b = params
    e = X @ w + b - y
    loss = ((e - e.mean(0)) ** 2).mean() + 0.1 * e.mean() ** 2
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.03 * p.grad; p.grad = None
#: normalised_losses right
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.01)
def step(X, y):
    each = (net(X) - y).abs().squeeze(1)
    weights = (each / each.mean()).detach()
    loss = (weights * each).mean()
    opt.zero_grad(); loss.backward(); opt.step()
#: warm_up_from_zero_by_epochs right
net = nn.Linear(2, 1)
params = net
opt = torch.optim.SGD(net.parameters(), lr=0.1)
sched = torch.optim.lr_scheduler.LambdaLR(opt, lambda e: min(1.0, e / 100))
def step(X, y):
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    opt.step()
#: sharpness_aware right
net = nn.Linear(2, 1)
params = net
opt = torch.optim.SGD(net.parameters(), lr=0.05)
def step(X, y):
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    eps = []
    with torch.no_grad():
        norm = torch.sqrt(sum((p.grad ** 2).sum() for p in net.parameters())) + 1e-12
        for p in net.parameters():
            e = 0.05 * p.grad / norm
            p.add_(e); eps.append(e)
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    with torch.no_grad():
        for p, e in zip(net.parameters(), eps):
            p.sub_(e)
    opt.step()
#: clipped_critic right
net = nn.Linear(2, 1)
params = net
opt = torch.optim.RMSprop(net.parameters(), lr=5e-3)
def step(X, y):
    with torch.no_grad():
        for p in net.parameters():
            p.clamp_(-0.01, 0.01)
    opt.zero_grad()
    (-(net(X) * (y > 0)).mean() + (net(X) * (y <= 0)).mean()).backward()
    opt.step()
#: gumbel_softmax right
logits = torch.zeros(4, requires_grad=True)
params = [logits]
opt = torch.optim.Adam(params, lr=1e-2)
vals = torch.arange(4.0)
def step(X, y):
    s = F.gumbel_softmax(logits.expand(len(X), 4), tau=1.0, hard=True)
    loss = ((s @ vals).unsqueeze(1) - y).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
#: straight_through_function right
class Q(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.round()
    @staticmethod
    def backward(ctx, g):
        return g
net = nn.Linear(2, 1)
params = net
opt = torch.optim.SGD(net.parameters(), lr=0.01)
def step(X, y):
    opt.zero_grad()
    F.mse_loss(Q.apply(net(X)), y).backward()
    opt.step()
#: one_weight_clipped_before_the_step right
w = torch.zeros(1, requires_grad=True)
params = [w]
opt = torch.optim.SGD(params, lr=0.01)
def step(X, y):
    with torch.no_grad():
        w.clamp_(-0.01, 0.01)
    opt.zero_grad()
    loss = ((X[:, :1] * w - y) ** 2).mean()
    loss.backward()
    opt.step()
