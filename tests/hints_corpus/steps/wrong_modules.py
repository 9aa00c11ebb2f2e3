# Modules and optimizers, made outside the step.
#: cleared_after_backward zero-before-step
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.03)
loss_fn = nn.MSELoss()


def step(X, y):
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
    return loss.item()


#: cleared_after_backward_adam zero-before-step
params = model = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1))
optimizer = torch.optim.AdamW(model.parameters(), lr=0.01, weight_decay=0.1)


def step(model, X, y):
    loss = F.mse_loss(model(X), y)
    loss.backward()
    optimizer.zero_grad(set_to_none=False)
    optimizer.step()


#: step_before_backward zero-before-step
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.03)


def step(X, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(X), y)
    optimizer.step()
    loss.backward()


#: bias_left_out parameter-not-in-optimizer
w = nn.Parameter(torch.zeros(2, 1))
b = nn.Parameter(torch.zeros(1))
params = [w, b]
optimizer = torch.optim.SGD([w], lr=0.05)


def step(X, y):
    optimizer.zero_grad()
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    optimizer.step()


#: optimizer_of_the_old_model parameter-not-in-optimizer
model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
params = model = nn.Linear(2, 1)


def step(X, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(X), y)
    loss.backward()
    optimizer.step()
    return loss


#: optimizer_of_the_old_model_cleared_by_model parameter-not-in-optimizer
old = nn.Sequential(nn.Linear(2, 1))
optimizer = torch.optim.Adam(old.parameters())
params = model = nn.Sequential(nn.Linear(2, 1))


def step(X, y):
    model.zero_grad()
    loss = F.mse_loss(model(X), y)
    loss.backward()
    optimizer.step()


#: second_layer_left_out parameter-not-in-optimizer
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 8)
        self.out = nn.Linear(8, 1)

    def forward(self, x):
        return self.out(torch.tanh(self.hidden(x)))


params = net = Net()
optimizer = torch.optim.Adam(net.out.parameters(), lr=0.01)


def step(X, y):
    optimizer.zero_grad()
    loss = nn.MSELoss()(net(X), y)
    loss.backward()
    optimizer.step()


#: layers_in_a_list layer-in-plain-list
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(2, 4), nn.Linear(4, 4)]
        self.out = nn.Linear(4, 1)

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x) + 0.5)
        return self.out(x)


params = net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)


def step(X, y):
    optimizer.zero_grad()
    F.mse_loss(net(X), y).backward()
    optimizer.step()


#: never_zeroed forgotten-zero
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
criterion = nn.MSELoss()


def step(X, y):
    pred = model(X)
    loss = criterion(pred, y)
    loss.backward()
    optimizer.step()
    return loss.item()


#: zero_grad_without_parentheses forgotten-zero
params = model = nn.Linear(2, 1)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)


def step(X, y):
    optimizer.zero_grad
    loss = F.mse_loss(model(X), y)
    loss.backward()
    optimizer.step()


#: zeroing_another_model forgotten-zero
params = model = nn.Linear(2, 1)
other = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)


def step(X, y):
    other.zero_grad()
    loss = F.l1_loss(model(X), y)
    loss.backward()
    optimizer.step()


#: only_head_cleared zero-one-of-two
params = model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)


def step(X, y):
    model[2].zero_grad()
    loss = F.mse_loss(model(X), y)
    loss.backward()
    optimizer.step()


#: flat_labels broadcast-n-n
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
loss_fn = nn.MSELoss()


def step(X, y):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y.squeeze())
    loss.backward()
    optimizer.step()


#: squeezed_output broadcast-n-n
params = model = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)


def step(X, y):
    optimizer.zero_grad()
    pred = model(X).squeeze()
    loss = torch.mean((pred - y) ** 2)
    loss.backward()
    optimizer.step()


#: huber_flat broadcast-n-n
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)


def step(X, y):
    optimizer.zero_grad()
    nn.SmoothL1Loss()(model(X).flatten(), y).backward()
    optimizer.step()


#: maximize uphill-step
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, maximize=True)


def step(X, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(X), y)
    loss.backward()
    optimizer.step()


#: adam_maximize uphill-step
params = model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01, maximize=True)


def step(X, y):
    optimizer.zero_grad()
    loss = ((model(X) - y) ** 2).mean()
    loss.backward()
    optimizer.step()


#: negated_mse uphill-step
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)


def step(X, y):
    loss = -nn.MSELoss()(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


#: mean_over_batch_size divided-twice
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
batch_size = 10


def step(X, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(X), y) / batch_size
    loss.backward()
    optimizer.step()


#: rounded_output loss-without-derivative
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def step(X, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(X).round(), y)
    loss.backward()
    optimizer.step()


#: argmax_loss loss-without-derivative
params = model = nn.Linear(2, 3)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def step(X, y):
    optimizer.zero_grad()
    predicted = model(X).argmax(dim=1)
    loss = (predicted != (y[:, 0] > 0)).float().mean().requires_grad_()
    loss.backward()
    optimizer.step()


#: signs loss-without-derivative
params = model = nn.Linear(2, 1)
optimizer = torch.optim.Adam(model.parameters(), lr=0.1)


def step(X, y):
    optimizer.zero_grad()
    loss = (torch.sign(model(X)) - torch.sign(y)).abs().mean()
    loss.backward()
    optimizer.step()


#: loss_wrapped_again rebuilt-from-numbers
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def step(X, y):
    optimizer.zero_grad()
    predictions = [model(x).item() for x in X]
    loss = F.mse_loss(torch.tensor(predictions, requires_grad=True), y.flatten())
    loss.backward()
    optimizer.step()


#: variable_of_data no-grad-forward
from torch.autograd import Variable

params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def step(X, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(X), y)
    loss = Variable(loss.data, requires_grad=True)
    loss.backward()
    optimizer.step()


#: detached_hidden_layer no-grad-forward
params = model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def step(X, y):
    optimizer.zero_grad()
    hidden = torch.tanh(model[0](X)).detach()
    loss = F.mse_loss(model[2](hidden), y)
    loss.backward()
    optimizer.step()


#: running_total total-keeps-graph
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
running_loss = 0.0


def step(X, y):
    global running_loss
    optimizer.zero_grad()
    loss = F.mse_loss(model(X), y)
    loss.backward()
    optimizer.step()
    running_loss += loss * len(X)


#: rate_too_large lr-too-large
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=3.0)


def step(X, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(X), y)
    loss.backward()
    optimizer.step()


#: forgotten_step general
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)


def step(X, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(X), y)
    loss.backward()
    optimizer.step


#: forgotten_backward general
params = model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)


def step(X, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(X), y)
    loss.backward
    optimizer.step()


#: dead_relu general
params = model = nn.Sequential(nn.Linear(2, 4), nn.ReLU())
with torch.no_grad():
    model[0].bias.fill_(-100)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)


def step(X, y):
    optimizer.zero_grad()
    loss = F.mse_loss(model(X).sum(dim=1, keepdim=True), y)
    loss.backward()
    optimizer.step()
