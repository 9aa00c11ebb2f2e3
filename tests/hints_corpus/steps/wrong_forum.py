# Steps as people post them when "my loss does not go down".
#: loss_stays_the_same_v1 zero-before-step
# "Loss stays exactly at 31.2 for 500 epochs, what am I doing wrong??"
class LinReg(nn.Module):
    def __init__(self, n_in):
        super(LinReg, self).__init__()
        self.lin = nn.Linear(n_in, 1)

    def forward(self, x):
        return self.lin(x)


device = torch.device("cpu")
net = LinReg(2).to(device)
crit = nn.MSELoss(reduction="mean")
optim = torch.optim.SGD(net.parameters(), lr=1e-2)
losses = []


def step(xb, yb):
    xb, yb = xb.to(device), yb.to(device)
    out = net(xb)
    l = crit(out, yb)
    l.backward()
    net.zero_grad()
    optim.step()
    losses.append(l.item())


params = net
#: polynomial_tutorial uphill-step
# the sine tutorial, adapted
params = [torch.randn((), requires_grad=True) for _ in range(4)]
xs = torch.linspace(-1, 1, 50)
ys = torch.sin(3 * xs)
learning_rate = 1e-2


def step():
    a, b, c, d = params
    y_pred = a + b * xs + c * xs**2 + d * xs**3
    loss = (y_pred - ys).pow(2).mean()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p += learning_rate * p.grad
            p.grad = None
    return loss.item()


#: one_feature_flat_y broadcast-n-n
# "predictions are all the mean of y"
x_train = torch.linspace(0, 1, 30).unsqueeze(1)
y_train = 2 * torch.linspace(0, 1, 30) + 1
X, y = x_train, y_train
params = model = nn.Linear(1, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def step(x, target):
    y_pred = model(x)
    loss = ((target - y_pred) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


#: weights_do_not_change general
# "optimizer.step() has no effect"
params = model = nn.Sequential(nn.Linear(2, 3), nn.Sigmoid(), nn.Linear(3, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)


def step(inputs, labels):
    optimizer.zero_grad()
    outputs = model(inputs)
    loss = F.mse_loss(outputs, labels)
    loss.backward()
    return loss.item()


#: reinitialised_model_in_the_class parameter-not-in-optimizer
class Experiment:
    def __init__(self):
        self.model = nn.Linear(2, 1)
        self.opt = torch.optim.SGD(self.model.parameters(), lr=0.02)
        self.reset()

    def reset(self):
        self.model = nn.Linear(2, 1)

    def fit_batch(self, xb, yb):
        self.opt.zero_grad()
        loss = F.mse_loss(self.model(xb), yb)
        loss.backward()
        self.opt.step()
        return float(loss)


exp = Experiment()
params, step = exp.model, exp.fit_batch


#: custom_layer_tensor parameter-not-in-optimizer
class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.gain = torch.ones(1, requires_grad=True)  # not an nn.Parameter
        self.lin = nn.Linear(2, 1)

    def forward(self, x):
        return self.lin(x) * self.gain


net = Scale()
params = [net.gain, *net.lin.parameters()]
opt = torch.optim.SGD(net.parameters(), lr=0.01)


def step(X, y):
    opt.zero_grad()
    loss = F.mse_loss(net(X), y)
    loss.backward()
    opt.step()


#: blocks_in_a_dict layer-in-plain-list
class MLP(nn.Module):
    def __init__(self, sizes=(2, 5, 5)):
        super().__init__()
        self.blocks = {f"fc{i}": nn.Linear(a, b) for i, (a, b) in enumerate(zip(sizes, sizes[1:]))}
        self.head = nn.Linear(sizes[-1], 1)

    def forward(self, x):
        for name, fc in self.blocks.items():
            x = torch.tanh(fc(x))
        return self.head(x)


params = mlp = MLP()
optimizer = torch.optim.Adam(mlp.parameters())


def step(bx, by):
    optimizer.zero_grad()
    ((mlp(bx) - by) ** 2).mean().backward()
    optimizer.step()


#: logistic_with_threshold loss-without-derivative
w = torch.zeros(2, 1, requires_grad=True)
params = [w]
y = (y > y.mean()).float()


def step(X, y):
    p = torch.sigmoid(X @ w)
    pred = torch.round(p)
    loss = F.binary_cross_entropy(pred.clamp(1e-6, 1 - 1e-6), y)
    loss.backward()
    with torch.no_grad():
        w.sub_(0.1 * w.grad)
        w.grad.zero_()


#: predicted_ints loss-without-derivative
params = model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)


def step(X, y):
    opt.zero_grad()
    yhat = model(X).int().float()
    loss = torch.mean((yhat - y) ** 2)
    loss.requires_grad = True
    loss.backward()
    opt.step()


#: loss_list_to_tensor item-then-backward
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
crit = nn.MSELoss()


def step(xb, yb):
    opt.zero_grad()
    loss = crit(net(xb), yb).item()
    loss = torch.FloatTensor([loss])
    loss.requires_grad_()
    loss.backward()
    opt.step()


#: numpy_round_trip rebuilt-from-numbers
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)


def step(xb, yb):
    opt.zero_grad()
    out = net(xb).detach().numpy()
    out = torch.from_numpy(out).requires_grad_(True)
    loss = ((out - yb) ** 2).mean()
    loss.backward()
    opt.step()


#: evaluate_helper_under_no_grad no-grad-forward
params = net = nn.Linear(2, 1)
opt = torch.optim.Adam(net.parameters(), lr=0.1)


@torch.no_grad()
def predict(x):
    net.eval()
    return net(x)


def step(xb, yb):
    opt.zero_grad()
    loss = F.mse_loss(predict(xb), yb)
    loss.requires_grad_(True)
    loss.backward()
    opt.step()


#: accumulates_forever forgotten-zero
# "loss goes down and then explodes / oscillates"
params = net = nn.Sequential(nn.Linear(2, 10), nn.ReLU(), nn.Linear(10, 1))
optimizer = torch.optim.SGD(net.parameters(), lr=0.001, momentum=0.9)
running = {"loss": 0.0, "n": 0}


def step(data, target):
    net.train()
    output = net(data)
    loss = F.mse_loss(output, target)
    loss.backward()
    optimizer.step()
    running["loss"] += loss.item()
    running["n"] += len(data)
    return running["loss"] / running["n"]


#: zeroed_the_wrong_thing forgotten-zero
w = torch.rand(2, 1, requires_grad=True)
b = torch.rand(1, requires_grad=True)
params = [w, b]


def step(x, y):
    loss = ((x @ w + b - y) ** 2).mean()
    loss.backward()
    gw, gb = w.grad.clone(), b.grad.clone()
    with torch.no_grad():
        w.add_(-0.005 * gw)
        b.add_(-0.005 * gb)
    gw.zero_()
    gb.zero_()


#: w_cleared_b_not zero-one-of-two
W = torch.randn(2, 1).requires_grad_()
B = torch.randn(1).requires_grad_()
params = [W, B]


def step(params, x, t):
    W, B = params
    y = x.mm(W) + B
    cost = (y - t).pow(2).sum() / len(x)
    cost.backward()
    W.data.sub_(1e-2 * W.grad.data)
    B.data.sub_(1e-2 * B.grad.data)
    W.grad.data.zero_()


#: history_of_tensors total-keeps-graph
# "memory keeps growing"
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.01)
log = {"train_loss": [], "epoch": 0}


def step(xb, yb):
    opt.zero_grad()
    loss = nn.functional.mse_loss(net(xb), yb)
    loss.backward()
    opt.step()
    log["train_loss"].append(loss)


#: average_meter total-keeps-graph
class AverageMeter:
    def __init__(self):
        self.sum, self.count = 0, 0

    def update(self, value, n):
        self.sum += value * n
        self.count += n


meter = AverageMeter()
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.01)


def step(xb, yb):
    opt.zero_grad()
    loss = F.mse_loss(net(xb), yb)
    loss.backward()
    opt.step()
    meter.update(loss, xb.size(0))


#: matrix_of_predictions broadcast-n-n
theta = torch.zeros(2, requires_grad=True)
bias = torch.zeros(1, requires_grad=True)
params = [theta, bias]


def hypothesis(x):
    return x @ theta + bias


def step(x, t):
    cost = torch.mean(torch.square(hypothesis(x) - t)) / 2
    cost.backward()
    with torch.no_grad():
        theta.data -= 0.1 * theta.grad
        bias.data -= 0.1 * bias.grad
    theta.grad.zero_(), bias.grad.zero_()


#: star_instead_of_at broadcast-n-n
class Regressor(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(2))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x * self.weight + self.bias


params = reg = Regressor()
sgd = torch.optim.SGD(reg.parameters(), lr=0.05)


def step(x, target):
    sgd.zero_grad()
    loss = F.mse_loss(reg(x), target)
    loss.backward()
    sgd.step()


#: d2l_concise_mixture divided-twice
# mixed the "from scratch" sgd with nn.MSELoss
net = nn.Sequential(nn.Linear(2, 1))
loss = nn.MSELoss()
batch_size, lr = 10, 0.03


def sgd(params, lr, batch_size):
    for param in params:
        param.data.sub_(lr * param.grad / batch_size)
        param.grad.data.zero_()


params = net


def step(X, y):
    l = loss(net(X), y)
    l.backward()
    sgd(net.parameters(), lr, batch_size)


#: sum_then_len_then_lr_len divided-twice
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(X, y):
    m = X.shape[0]
    cost = torch.sum((X @ w + b - y) ** 2) / (2 * m)
    cost.backward()
    alpha = 0.3
    with torch.no_grad():
        w.data = w.data - alpha * (1 / m) * w.grad
        b.data = b.data - alpha * (1 / m) * b.grad
    w.grad.zero_()
    b.grad.zero_()


#: minus_the_mse uphill-step
params = net = nn.Linear(2, 1)
opt = torch.optim.Adam(net.parameters(), lr=0.01)


def step(xb, yb):
    opt.zero_grad()
    score = -torch.mean((net(xb) - yb) ** 2)
    score.backward()
    opt.step()


#: wrong_sign_in_the_class uphill-step
class Perceptron:
    def __init__(self, d, lr=0.02):
        self.w = torch.zeros(d, 1, requires_grad=True)
        self.b = torch.zeros(1, requires_grad=True)
        self.lr = lr

    def __call__(self, X):
        return X @ self.w + self.b

    def update(self):
        with torch.no_grad():
            for name in ("w", "b"):
                t = getattr(self, name)
                t -= -self.lr * t.grad
                t.grad.zero_()


p = Perceptron(2)
params = [p.w, p.b]


def step(X, y):
    ((p(X) - y) ** 2).mean().backward()
    p.update()


#: rebinding_self rebind-under-no-grad
class GD:
    def __init__(self):
        self.theta = torch.zeros(2, 1, requires_grad=True)

    def step(self, X, y):
        J = ((X @ self.theta - y) ** 2).mean()
        J.backward()
        with torch.no_grad():
            self.theta = self.theta - 0.1 * self.theta.grad


gd = GD()
params, step = [gd.theta], gd.step
#: for_p_in_parameters rebind-loop-variable
# "my manual SGD does nothing"
params = model = nn.Linear(2, 1)


def step(x, y):
    model.zero_grad()
    loss = F.mse_loss(model(x), y)
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            p = p - 0.05 * p.grad
    return loss.item()


#: wrong_variable_in_update weight-decay-typo
w, b = torch.full((2, 1), 0.5, requires_grad=True), torch.full((1,), 0.5, requires_grad=True)
params = [w, b]


def step(X, y):
    ((X @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        w.copy_(w - 0.05 * w.grad)
        b.copy_(b - 0.05 * b)
        w.grad.zero_()
        b.grad.zero_()


#: clamp_before_backward data-bypass
params = net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.05)


def step(X, y):
    opt.zero_grad()
    loss = F.mse_loss(net(X), y)
    for p in net.parameters():
        p.data.clamp_(-0.1, 0.1)
    loss.backward()
    opt.step()


#: renormalised_weights data-bypass
w = torch.rand(2, 1, requires_grad=True)
params = [w]


def step(X, y):
    yhat = X @ w
    loss = ((yhat - y) ** 2).mean()
    w.data /= w.data.norm()
    loss.backward()
    w.data -= 0.1 * w.grad
    w.grad.zero_()


#: nan_after_ten_steps lr-too-large
x = torch.arange(30.0).unsqueeze(1)
X, y = x, 3 * x + 1
params = model = nn.Linear(1, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)


def step(x, y):
    pred = model(x)
    loss = F.mse_loss(pred, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


#: sum_reduction_diverges lr-too-large
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
crit = nn.MSELoss(reduction="sum")


def step(x, y):
    optimizer.zero_grad()
    crit(model(x), y).backward()
    optimizer.step()


#: backward_before_zero_grad_and_step_first zero-before-step
params = model = nn.Linear(2, 1)
optimizer = torch.optim.RMSprop(model.parameters(), lr=0.01)


def step(x, y):
    optimizer.zero_grad()
    optimizer.step()
    loss = F.mse_loss(model(x), y)
    loss.backward()
    return loss.item()


#: softmax_of_one general
# "accuracy is stuck"
params = model = nn.Sequential(nn.Linear(2, 1), nn.Softmax(dim=1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
y = (y > 0).float()


def step(x, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(x), y)
    loss.backward()
    optimizer.step()


#: bias_by_number rebuilt-from-numbers
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]
opt = torch.optim.SGD(params, lr=0.05)


def step(X, y):
    opt.zero_grad()
    pred = torch.matmul(X, w) + float(b)
    loss = F.mse_loss(pred, y)
    loss.backward()
    opt.step()
