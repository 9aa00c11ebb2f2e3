# Programs whose error's message says all that is certain, by what the hint is to say.
#: grad-assigned
w.grad = 0.0
#: unused
torch.autograd.grad((w * 2).sum(), [w, torch.ones(1, requires_grad=True)])
#: not-asked
torch.autograd.grad((w * 2).sum(), X)
#: flag
h = w * 2
h.requires_grad = False
#: deepcopy
copy.deepcopy([w * 2])
#: parts
for row in w * 1:
    row += 1
#: parts
a, b = (w * 1).split(1)
a += 1
#: old-view
with torch.no_grad():
    v = w.view(2, 1)
v += 1
#: gradient-shape
(w * 2).backward(torch.ones(3))
#: gradients-count
class Twice(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, k):
        return x * k
    @staticmethod
    def backward(ctx, g):
        return g * 2
Twice.apply(w, 2).sum().backward()
#: gradients-shape
class Twice(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, k):
        return x * k
    @staticmethod
    def backward(ctx, g):
        return g.sum()[None].expand(3), None
Twice.apply(w, 2).sum().backward()
#: function-static
class F(torch.autograd.Function):
    def forward(self, x):
        return x
F()(w)
#: gradient-nan
with torch.autograd.detect_anomaly():
    ((w - 1).sqrt() * 0).sum().backward()
#: mean-of-integers
torch.arange(3).mean()
#: class-labels
nn.CrossEntropyLoss()(X, torch.zeros(4))
#: class-labels
nn.CrossEntropyLoss()(X, torch.zeros(4, 1).long())
#: class-range
nn.CrossEntropyLoss()(X, torch.tensor([0, 1, 2, 0]))
#: table-range
nn.Embedding(3, 2)(torch.tensor([3]))
#: index-dtype
nn.Embedding(3, 2)(torch.ones(1))
#: index-dtype
X[torch.ones(1)]
#: no-such-dimension
w.sum(1)
#: no-such-dimension
w.softmax(dim=-2)
#: too-many-indices
w[0, 1]
#: zero-dim
len(w.sum())
#: zero-dim
for v in w.sum():
    pass
#: zero-dim
w.sum()[0]
#: zero-dim
w.sum()[1:]
#: truth
if X > 0:
    pass
#: truth
assert w == w
#: number-format
f'{w:.3f}'
#: stack
torch.stack([w, y])
#: stack
for b in DataLoader([torch.ones(2), torch.ones(3)], batch_size=2):
    pass
#: cat
torch.cat([X, y])
#: element-no-tensor
torch.stack([w, None])
#: element-no-tensor
torch.cat([w, [1.0]])
#: element-count
X.view(3, -1)
#: element-count
X.reshape(5, 2)
#: view-order
X.T.view(8)
#: channels
nn.Conv2d(3, 4, 3)(torch.ones(1, 8, 8, 3))
#: recurrent-input
nn.LSTM(3, 4)(torch.ones(5, 2, 2))
#: recurrent-state
nn.GRU(3, 4)(torch.ones(5, 2, 3), torch.zeros(1, 5, 4))
#: recurrent-state
nn.LSTM(3, 4)(torch.ones(5, 2, 3), (torch.zeros(1, 5, 4), torch.zeros(1, 5, 4)))
#: one-per-channel
nn.BatchNorm1d(2)(X[:1])
#: params
torch.optim.SGD(w, lr=0.1)
#: params
torch.optim.SGD([0.5], lr=0.1)
#: params
torch.optim.SGD(nn.Linear(1, 1).parameters, lr=0.1)
#: closure
torch.optim.LBFGS([w]).step()
#: param-twice
torch.optim.SGD([{'params': [w]}, {'params': [w]}], lr=0.1)
#: optimizer-state
a = torch.optim.SGD([w], lr=0.1)
a.load_state_dict(torch.optim.SGD([w, y], lr=0.1).state_dict())
#: super-init
class Net(nn.Module):
    def __init__(self):
        self.lin = nn.Linear(2, 1)
Net()
#: super-init
class Net(nn.Module):
    def __init__(self):
        self.k = 3
    def forward(self, x):
        return x
Net()(X)
#: no-forward
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(2, 1)
    def forwards(self, x):
        return self.lin(x)
Net()(X)
#: state-shapes
nn.Linear(2, 1).load_state_dict(nn.Linear(3, 1).state_dict())
#: state-names
nn.Linear(2, 1).load_state_dict({'model': 1})
#: state-names
nn.Linear(2, 1).load_state_dict(nn.Sequential(nn.Linear(2, 1)).state_dict())
#: state-prefix
state = {f'module.{k}': v for k, v in nn.Linear(2, 1).state_dict().items()}
nn.Linear(2, 1).load_state_dict(state)
#: collate
for b in DataLoader([None, None], batch_size=2):
    pass
#: ragged-batch
for b in DataLoader([[1, 2], [3]], batch_size=2):
    pass
#: inference
with torch.inference_mode():
    v = X * 2
(v * w).sum()
#: class-labels
nn.CrossEntropyLoss()(torch.ones(3), torch.ones(3).long())
#: list-of-tensors
torch.cat(w, w)
#: ragged-list
torch.tensor([[1.0, 2.0], [3.0]])
#: no-numbers
torch.tensor(["a", "b"])
#: objects
torch.tensor(np.array([None, 1]))
#: from-numpy
torch.from_numpy([1.0])
#: state-path
nn.Linear(1, 1).load_state_dict("model.pt")
#: holder
nn.ModuleList([nn.Linear(2, 1)])(X)
#: no-object
torch.optim.SGD(nn.Linear.parameters(), lr=0.1)
#: whole-number
for i in range(torch.tensor(3.0)):
    pass
