#: class-labels
nn.functional.nll_loss(torch.ones(3, 2), torch.ones(3, dtype=torch.int))
#: class-labels
nn.functional.cross_entropy(torch.ones(3, 2), torch.ones(3, dtype=torch.int))
#: index-range
class Rows(Dataset):
    def __len__(self): return 10
    def __getitem__(self, i): return X[i]
for b in DataLoader(Rows(), batch_size=5, num_workers=1): pass
#: index-range
np.ones(3)[4]
#: index-range
torch.ones(3)[torch.tensor([4])]
#: index-range
torch.ones(3)[3:][0]
#: no-such-dimension
X.unsqueeze(5)
#: no-such-dimension
torch.concatenate((X, y), axis=2)
#: number-format
f"{nn.Parameter(torch.ones(2)):.3f}"
#: cuda-missing
X.to("cuda")
#: cuda-missing
X.cuda()
#: no-tensor
nn.LSTM(2, 3)(torch.ones(4, 5, 2))[0:1].shape
#: wants-tensor
torch.sum([1.0, 2.0])
#: wants-tensor
torch.mean([1.0, 2.0])
#: wants-tensor
torch.sqrt(2)
#: wants-tensor
torch.exp(1.5)
#: list-of-tensors
torch.cat(X, y)
#: no-numbers
torch.tensor(["a"])
#: no-numbers
torch.tensor(None)
#: no-numbers
torch.tensor([1, None])
#: no-numbers
torch.Tensor("3")
#: not-called
X - print
#: not-called
w.detach.numpy()
#: not-called
w.numpy.shape
#: not-called
X.size[0]
#: random-integers
torch.randn(3, dtype=torch.long)
#: no-integers
nn.MSELoss()(torch.ones(3, dtype=torch.long), torch.ones(3, dtype=torch.long))
#: no-integers
torch.log_softmax(torch.ones(3, 2, dtype=torch.long), 1)
#: no-integers
torch.nn.functional.binary_cross_entropy(torch.ones(3, dtype=torch.long), torch.ones(3, dtype=torch.long))
#: no-integers
nn.functional.relu(torch.ones(3, dtype=torch.bool))
#: std-of-integers
X.std(), torch.tensor([1, 2]).std()
#: bool-minus
torch.ones(2, 2, dtype=torch.bool) - torch.ones(2, 2, dtype=torch.bool)
#: bce-input
nn.BCELoss()(X * 3, X)
#: bce-target
nn.BCELoss()(X * 0.5, X * 3)
#: in-place-shape
b = torch.zeros(1)
b -= torch.ones(4, 1)
#: in-place-shape
b = torch.zeros(3)
b += torch.ones(4, 3)
#: mask-shape
X[torch.tensor([True, False])]
#: mask-shape
X[np.array([True, False])]
#: value-shape
X[torch.tensor([0, 1])] = torch.ones(3)
#: value-kind
X[0] = np.ones(2)
#: value-kind
X[0] = [1, 2]
#: expand-dims
X[:, 0] = y
#: expand-dims
X.expand(2)
#: permute-dims
X.permute(0, 1, 2)
#: t-dims
torch.ones(2, 3, 4).t()
#: whole-sizes
X.view(2.0, 2)
#: whole-sizes
torch.zeros(4 / 2)
#: whole-sizes
torch.randn(X.shape[0] / 2, 3)
#: whole-sizes
nn.Linear(4 / 2, 1)
#: combination
torch.max(3.0, 2.0)
#: combination
X.sum("rows")
#: combination
torch.normal(0, 0.01)
#: combination
torch.where(X > 0, X)
#: argument-kind
torch.arange("3")
#: empty-reduction
torch.ones(0).max()
#: empty-reduction
torch.ones(0).argmax()
#: cat-dims
torch.cat([X, torch.ones(4)])
#: cat-numbers
torch.cat([torch.tensor(1.0), torch.tensor(2.0)])
#: join-nothing
torch.stack([])
#: join-nothing
torch.cat([])
#: singular
torch.linalg.inv(torch.ones(2, 2))
#: singular
torch.linalg.solve(torch.ones(2, 2), torch.ones(2))
#: singular
torch.inverse(torch.ones(2, 2))
#: not-square
torch.linalg.inv(X)
#: not-square
torch.linalg.solve(X, y)
#: not-positive
torch.linalg.cholesky(-torch.eye(2))
#: batch-matrices
torch.bmm(X, X)
#: number-factor
torch.matmul(X, torch.tensor(2.0))
#: number-factor
X @ 2.0
#: conv-dims
nn.Conv2d(1, 2, 3)(torch.ones(5, 5))
#: kernel-size
nn.Conv2d(1, 2, 5)(torch.ones(1, 1, 3, 3))
#: norm-features
nn.BatchNorm1d(3)(X)
#: norm-shape
nn.LayerNorm(3)(X)
#: norm-dims
nn.BatchNorm1d(3)(torch.ones(3))
#: norm-dims
nn.BatchNorm2d(3)(torch.ones(3, 3))
#: std-negative
torch.normal(0.0, -1.0, (3,))
#: probabilities
torch.multinomial(torch.tensor([float("nan"), 1.0]), 1)
#: memory
torch.ones(10**6, 10**7)
#: no-device
X.to("gpu")
#: no-device
torch.device("cuda:0x")
#: split-sizes
torch.split(X, [1, 2])
#: gather-dims
X.gather(1, torch.tensor([0, 1]))
#: one-hot
torch.nn.functional.one_hot(torch.tensor([0.5]))
#: one-hot-range
torch.nn.functional.one_hot(torch.tensor([3]), num_classes=2)
#: repeat-dims
X.repeat(2)
#: negative-strides
torch.from_numpy(np.arange(4.0)[::-1])
#: ragged-array
np.array([[1.0, 2.0], [3.0]])
#: array-shapes
np.dot(np.ones((2, 3)), np.ones(2))
#: array-shapes
np.ones((2, 3)) + np.ones(2)
#: array-sizes
np.ones((2, 3)) @ np.ones(2)
#: plot-lengths
import matplotlib; matplotlib.use("Agg")
import matplotlib.pyplot as plt
plt.plot(range(3), [1, 2])
#: plot-sizes
import matplotlib; matplotlib.use("Agg")
import matplotlib.pyplot as plt
plt.scatter(X, y)
#: elsewhere
X.astype(np.float32)
#: elsewhere
X.copy()
#: elsewhere
X.append(y)
#: elsewhere
X.to_numpy()
#: given-no-tensor
nn.MSELoss()(X, 1.0)
#: given-no-tensor
nn.MSELoss()(X, None)
#: given-no-tensor
nn.MSELoss()(X, [1.0])
#: given-no-tensor
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(2)
Net()
#: mixed
np.ones((4, 2)) - X
#: mixed
np.ones((4, 2)) @ w
#: mixed
X - [1.0, 2.0]
#: mixed
"3" * X
#: param-groups
opt = torch.optim.SGD([w], lr=0.1)
opt.param_groups["lr"]
#: text-number
torch.optim.SGD([w], lr="0.1")
#: text-number
from_csv = {"lr": "0.1"}
torch.optim.SGD([w], lr=from_csv["lr"])
#: list-times
[1.0, 2.0] * X
#: list-times
(X,) * y
#: list-index
[1, 2][X]
#: list-index
[1, 2, 3][torch.tensor([1, 2])]
#: not-whole
for i in range(len(X) / 2): pass
#: not-whole
def epoch():
    for i in range(len(X) / 2):
        pass
epoch()
#: counted
num_epochs = 3
for epoch in num_epochs: pass
#: counted
for i in len(X): pass
#: shape-index
x = torch.ones(4)
x.shape[1]
#: shape-index
x = np.ones(4)
x.shape[1]
#: index-kind
X[0.5]
#: index-kind
X["a"]
#: index-shapes
X[torch.tensor([0, 1, 2]), torch.tensor([0, 1])]
#: select-range
torch.topk(w, 3)
#: slice
X[: 0.8 * len(X)]
#: one-truth
(torch.max(X, 1) == y).sum()
#: linalg-dtype
torch.linalg.lstsq(X, y.double())
#: objects
torch.tensor(np.array([1, "a"], dtype=object))
#: sizes
labels = torch.ones(4)
n, d = labels.shape
#: list-times
g = torch.autograd.grad((w * w).sum(), w)
step = 0.1 * g
#: singular
np.linalg.inv(np.ones((2, 2)))
