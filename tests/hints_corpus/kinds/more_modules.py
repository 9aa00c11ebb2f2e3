#: params
torch.optim.SGD([w.detach().numpy()], lr=0.1)
#: params
torch.optim.SGD([1.0, 2.0], lr=0.1)
#: params
torch.optim.SGD(nn.Linear(2, 1).state_dict(), lr=0.1)
#: params
torch.optim.SGD([nn.Linear(2, 1).parameters(), nn.Linear(2, 1).parameters()], lr=0.1)
#: super-init
class Net(nn.Module):
    def __init__(self):
        super(Net).__init__()
        self.w = nn.Linear(2, 1)
Net()
#: super-init
class Net(nn.Module):
    def __init__(self):
        super().__init__
        self.w = nn.Linear(2, 1)
Net()
#: forward
nn.MSELoss()(X)
#: forward
nn.Linear(2, 1)(X, X)
#: forward
nn.Linear(2, 1)()
#: forward
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Linear(2, 1)
    def forward(x): return w(x)
Net()(X)
#: no-zero-grad
w.zero_grad()
#: module-no-tensor
loss = nn.MSELoss()
loss.backward()
#: module-no-tensor
loss = nn.MSELoss()
loss.item()
#: no-method
w.grad()
#: no-method
w.requires_grad(True)
#: no-method
X.shape(0)
#: no-method
X.T()
#: no-object
opt = torch.optim.SGD
opt.zero_grad()
#: context
with torch.no_grad: pass
#: called
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Linear(2, 1)
    def forward(self, x): return w(x)
Net()(X)
#: plateau
s = torch.optim.lr_scheduler.ReduceLROnPlateau(torch.optim.SGD([w], lr=0.1))
s.step()
#: no-optimizer
torch.optim.lr_scheduler.StepLR([w], 1)
#: negative-rate
torch.optim.SGD([w], lr=-0.1)
#: child-module
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(2, 1)
    def forward(self, x):
        self.lin = self.lin(x)
        return self.lin
Net()(X)
#: optimizer-no-tensor
opt = torch.optim.SGD([w], lr=0.1)
opt.backward()
#: optimizer-option
opt = torch.optim.SGD([w], lr=0.1)
opt.lr
#: optimizer-called
opt = torch.optim.SGD([w], lr=0.1)
opt(w)
#: module-indexed
layer = nn.Linear(2, 1)
layer[0]
#: no-module
nn.Sequential([nn.Linear(2, 1)])
#: no-module
nn.Sequential(nn.Linear(2, 1), torch.relu)
#: no-module
nn.Sequential(nn.Linear(2, 1), nn.ReLU)
#: no-module
nn.ModuleList([nn.Linear(2, 1), lambda x: x])
#: generator
nn.Linear(2, 1).parameters()[0]
#: generator
len(nn.Linear(2, 1).parameters())
#: generator
torch.optim.SGD(nn.Linear(2, 1).parameters() + nn.Linear(2, 1).parameters(), lr=0.1)
#: layer-sizes
nn.Linear()
#: layer-sizes
nn.Linear(2)
#: missing-argument
X.unsqueeze()
#: missing-argument
X.transpose(1)
#: missing-argument
torch.optim.lr_scheduler.StepLR(torch.optim.SGD([w], lr=0.1))
#: missing-argument
torch.optim.SGD(lr=0.1)
#: near-argument
torch.optim.SGD([w], learning_rate=0.1)
#: near-argument
torch.zeros(2, requires_gradient=True)
#: near-argument
torch.tensor([1.0], require_grad=True)
#: near-argument
nn.MSELoss(reduce_="sum")
#: no-argument
nn.Linear(2, out=1)
#: no-argument
torch.optim.Adam([w], lr=0.1, momentum=0.9)
#: no-argument
nn.functional.mse_loss(X, X, red="sum")
#: module-called
torch.optim(w)
#: never-assigned
class Net(nn.Module):
    def init(self):
        self.w = nn.Linear(2, 1)
    def forward(self, x): return self.w(x)
Net()(X)
#: never-assigned
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        w = nn.Linear(2, 1)
    def forward(self, x): return self.w(x)
Net()(X)
#: no-base
class Net():
    def __init__(self):
        self.w = nn.Linear(2, 1)
    def forward(self, x): return self.w(x)
torch.optim.SGD(Net().parameters(), lr=0.1)
#: method-taken
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.train = True
net = Net()
net.eval()
#: near-argument
torch.randn(3, 1, require_grad=True)
#: near-argument
X.mean(dims=0)
#: options
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.lin = nn.Linear(n, 1)
Net(torch.randn(2, 3))
#: not-called
n, d = X.size
#: broken-file
import io
torch.load(io.BytesIO(b"hello weights"))
#: whole-sizes
torch.zeros(len(X) / 2, 1)
#: bare-module
for part in nn.Sequential(nn.Linear(2, 1), nn.ReLU()):
    part.weight.data.zero_()
#: part-index
net = nn.Sequential(nn.Linear(2, 1))
net[1].bias
#: left-out
net = nn.Linear(2, 1, bias=False)
net.bias.fill_(0)
#: fan
nn.init.xavier_uniform_(torch.empty(4))
#: buffer
class Scaled(nn.Module):
    def __init__(self, mean):
        super().__init__()
        self.register_buffer("mean", mean)
Scaled(3.0)
