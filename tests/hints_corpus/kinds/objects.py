# Programs that use PyTorch's objects as what they are not, by what the hint is to say.
#: index-range
X[4]
#: index-range
X.gather(1, torch.tensor([[5]]))
#: no-zero-grad
w.zero_grad()
#: no-zero-grad
params = [w]
params.zero_grad()
#: module-no-tensor
nn.MSELoss(w.sum(), w.sum()).backward()
#: module-no-tensor
nn.Linear(2, 1).detach()
#: near-name
nn.Linear(2, 1).weights
#: near-name
torch.optim.SGD([w], lr=0.1).zero_grads()
#: near-name
w.backwards()
#: no-part
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(2, 1)
    def forward(self, x):
        return self.softmax(self.lin(x))
Net()(X)
#: is-number
total = 0.0
total.item()
#: no-tensor
[w].to('cpu')
#: no-tensor
(w, w).backward()
#: wants-tensor
nn.Linear(2, 1)([1.0, 2.0])
#: wants-tensor
torch.exp(2.0)
#: wants-tensor
nn.Linear(5, 1)(nn.LSTM(2, 5)(X))
#: options
nn.MSELoss(X, X)
#: options
criterion = torch.nn.CrossEntropyLoss(X, y)
#: called
w()
#: called
loss = nn.MSELoss()
for _ in range(2):
    loss = loss(w, w)
#: not-called
total = 0.0
total += w.sum().item
#: not-called
w.sum / 2
#: is-none
def f(x):
    h = x * 2
f(w) + 1
#: is-none
losses = [].append(w)
losses.append(w)
#: is-none
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(2, 1)
    def forward(self, x):
        self.lin(x)
loss = Net()(X)
loss.backward()
#: pairs
for i, a, b in enumerate(DataLoader(TensorDataset(X, y))):
    pass
#: batch-parts
for a, b in DataLoader(TensorDataset(X), batch_size=2):
    pass
#: run-through
it = iter([1])
next(it)
next(it)
#: run-through
it = (i for i in range(1))
next(it)
next(it)
#: forward
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(2, 1)
    def forward(self, x, mask):
        return x
nn.Sequential(Net())(X)
#: forward
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(2, 1)
    def forward(self):
        return 1
Net()(X)
#: no-tensor
np.ones(2).unsqueeze(0)
#: options
class Net(nn.Module):
    def __init__(self):
        super().__init__()
Net(X)
#: options
model = nn.Linear
model(X)
#: no-method
w.requires_grad(True)
#: no-method
rows = X.shape()[0]
#: no-method
w.sum().backward()
w.grad()
#: no-tensor
losses = [w.sum(), w.sum()]
losses.mean()
#: is-none
def closure():
    loss = (w - 1).pow(2).sum()
    loss.backward()
torch.optim.LBFGS([w]).step(closure)
#: context
with torch.no_grad:
    w -= 1
