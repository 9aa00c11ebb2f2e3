# Classes with a step method, closures, notebooks' globals, functional steps.
#: trainer_never_clears forgotten-zero
class Trainer:
    def __init__(self, model, lr):
        self.model, self.optimizer = model, torch.optim.SGD(model.parameters(), lr=lr)
        self.losses = []

    def step(self, X, y):
        loss = F.mse_loss(self.model(X), y)
        loss.backward()
        self.optimizer.step()
        self.losses.append(loss.item())


params = nn.Linear(2, 1)
step = Trainer(params, 0.01).step


#: trainer_keeps_losses total-keeps-graph
class Trainer:
    def __init__(self, model):
        self.model = model
        self.opt = torch.optim.SGD(model.parameters(), lr=0.01)
        self.history = []

    def train_step(self, X, y):
        self.opt.zero_grad()
        loss = F.mse_loss(self.model(X), y)
        loss.backward()
        self.opt.step()
        self.history.append(loss)


trainer = Trainer(nn.Linear(2, 1))
params, step = trainer.model, trainer.train_step


#: own_optimizer_without_bias parameter-not-in-optimizer
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


class LinearRegressionScratch:
    def __init__(self):
        self.w = torch.zeros(2, 1, requires_grad=True)
        self.b = torch.zeros(1, requires_grad=True)
        self.optimizer = SGD([self.w], 0.03)

    def step(self, X, y):
        self.optimizer.zero_grad()
        ((X @ self.w + self.b - y) ** 2).mean().backward()
        self.optimizer.step()


regression = LinearRegressionScratch()
params, step = [regression.w, regression.b], regression.step


#: own_optimizer_uphill uphill-step
class Descent:
    def __init__(self, params, lr=0.05):
        self.params, self.lr = params, lr

    @torch.no_grad()
    def step(self):
        for p in self.params:
            p.add_(p.grad, alpha=self.lr)
            p.grad = None


params = [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]
optimizer = Descent(params)


def step(params, X, y):
    w, b = params
    (0.5 * (X @ w + b - y) ** 2).mean().backward()
    optimizer.step()


#: class_rebinding rebind-update
class Model:
    def __init__(self):
        self.w = torch.zeros(2, 1, requires_grad=True)
        self.b = torch.zeros(1, requires_grad=True)

    def step(self, X, y):
        loss = ((X @ self.w + self.b - y) ** 2).mean()
        loss.backward()
        self.w = self.w - 0.1 * self.w.grad
        self.b = self.b - 0.1 * self.b.grad


model = Model()
params, step = [model.w, model.b], model.step
#: globals_rebound rebind-under-no-grad
w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
params = [w, b]
lr = 0.1


def step(X, y):
    global w, b
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w = w - lr * w.grad
        b = b - lr * b.grad


#: globals_rebound_with_graph rebind-update
w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
params = [w, b]


def step(X, y):
    global w, b
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    w = w - 0.1 * w.grad
    b = b - 0.1 * b.grad


#: locals_in_a_closure rebind-loop-variable
def make():
    w = torch.zeros(2, 1, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)

    def step(X, y):
        loss = ((X @ w + b - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            for param in (w, b):
                param = param - 0.1 * param.grad
        w.grad, b.grad = None, None

    return step, [w, b]


step, params = make()


#: closure_uphill uphill-step
def make_step(model, lr):
    def step(X, y):
        model.zero_grad()
        ((model(X) - y) ** 2).mean().backward()
        with torch.no_grad():
            for p in model.parameters():
                p += lr * p.grad

    return step


params = nn.Linear(2, 1)
step = make_step(params, 0.05)


#: lambda_over_a_train_function zero-before-step
def train_batch(model, optimizer, criterion, inputs, targets):
    model.train()
    outputs = model(inputs)
    loss = criterion(outputs, targets)
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
    return loss.item()


params = net = nn.Linear(2, 1)
opt = torch.optim.Adam(net.parameters())
step = lambda X, y: train_batch(net, opt, nn.MSELoss(), X, y)
#: list_items_rebound rebind-update
params = [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]


def step(X, y):
    loss = ((X @ params[0] + params[1] - y) ** 2).mean()
    loss.backward()
    for i in range(len(params)):
        params[i] = params[i] - 0.1 * params[i].grad


#: returned_without_grad rebind-under-no-grad
params = [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        return [w - 0.1 * w.grad, b - 0.1 * b.grad]


#: nothing_returned rebind-loop-variable
params = [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2).mean()
    dw, db = torch.autograd.grad(loss, [w, b])
    w = w - 0.1 * dw
    b = b - 0.1 * db


#: functional_uphill uphill-step
params = [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]


def step(params, X, y):
    loss = ((X @ params[0] + params[1] - y) ** 2).mean()
    gradients = torch.autograd.grad(loss, params)
    return [(p + 0.05 * g).detach().requires_grad_() for p, g in zip(params, gradients)]


#: notebook_wrong_names parameter-not-in-optimizer
net = nn.Linear(2, 1)
trainer = torch.optim.SGD(net.parameters(), lr=0.1)
net = nn.Linear(2, 1)
params = net.parameters()
loss = nn.MSELoss()


def step(X, y):
    l = loss(net(X), y)
    trainer.zero_grad()
    l.backward()
    trainer.step()


#: own_data_flat_labels broadcast-n-n
features, labels = X.clone(), y.flatten()
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def step():
    optimizer.zero_grad()
    loss = ((model(features) - labels) ** 2).mean()
    loss.backward()
    optimizer.step()


#: tensors_from_another_cell general
w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
w2, b2 = w.detach().clone().requires_grad_(), b.detach().clone().requires_grad_()
params = [w, b]


def step(X, y):
    loss = ((X @ w2 + b2 - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for p in (w2, b2):
            p -= 0.1 * p.grad
            p.grad.zero_()
#: rate_zero general
net = nn.Linear(2, 1)
params = net
opt = torch.optim.SGD(net.parameters(), lr=0.0)
def step(X, y):
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    opt.step()
#: weights_initialized_in_forward general
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = nn.Linear(2, 4)
        self.o = nn.Linear(4, 1)
    def forward(self, x):
        nn.init.xavier_uniform_(self.l.weight)
        return self.o(torch.relu(self.l(x)))
net = Net()
params = net
opt = torch.optim.SGD(net.parameters(), lr=0.01)
def step(X, y):
    opt.zero_grad()
    F.mse_loss(net(X), y).backward()
    opt.step()
#: closure_over_a_copy general
import copy
net = nn.Linear(2, 1)
params = net
opt = torch.optim.SGD(net.parameters(), lr=0.05)
def make(model):
    model = copy.deepcopy(model)
    def step(X, y):
        opt.zero_grad()
        loss = F.mse_loss(model(X), y)
        loss.backward()
        opt.step()
    return step
step = make(net)
