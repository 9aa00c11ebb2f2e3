#: elsewhere-torch
torch.array([1])
#: elsewhere-torch
nn.CrossEntropy()
#: elsewhere-torch
nn.MeanSquaredError()
#: near-in-module
torch.nn.linear(2, 1)
#: near-in-module
torch.optim.sgd([w])
#: near-in-module
torch.optim.Sgd([w])
#: near-in-module
torch.nn.functional.mseloss(X, X)
#: method-in-module
torch.backward(w)
#: not-imported
Linear(2, 1)
#: not-imported
optim.SGD([w])
#: not-imported
F.relu(X)
#: near-own
criterion = nn.MSELoss()
losss = criterion(X, X)
lossss.backward()
#: local
def step():
    w -= 0.1
step()
#: local
def step():
    loss = (w * 2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
step()
#: local
total = 0
def step():
    total += 1.0
step()
#: local
def step():
    w.sub_(0.0)
    w -= 0.1
step()
#: no-function
loss_fn = nn.MSELoss()
loss_fn = loss_fn(w, w).item()
loss_fn(w, w)
#: super-name
class Net(nn.Module):
    def __init__(self):
        super(Model, self).__init__()
Net()
#: is-none
def both():
    print(X)
one, other = both()
