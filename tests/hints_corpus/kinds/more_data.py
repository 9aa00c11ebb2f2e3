#: no-length
class Rows(Dataset):
    def __getitem__(self, i):
        return X[i]
for xb in DataLoader(Rows(), batch_size=2, shuffle=True):
    pass
#: no-getitem
class Rows(Dataset):
    def __len__(self):
        return 4
    def getitem(self, i):
        return X[i]
for xb in DataLoader(Rows(), batch_size=2):
    pass
#: loader-index
loader = DataLoader(TensorDataset(X, y), batch_size=2)
xb, yb = loader[0]
#: loader-next
loader = DataLoader(TensorDataset(X, y), batch_size=2)
xb, yb = next(loader)
#: split-lengths
train, test = torch.utils.data.random_split(TensorDataset(X, y), [3, 2])
#: no-examples
loader = DataLoader(TensorDataset(X[4:], y[4:]), batch_size=2, shuffle=True)
#: dataset-lengths
TensorDataset(X, y[:3])
#: dataset-arrays
TensorDataset(np.ones((4, 2)), np.ones(4))
#: weights-only
import io
f = io.BytesIO()
torch.save(nn.Linear(2, 1), f)
f.seek(0)
torch.load(f)
#: broken-file
import io
f = io.BytesIO()
torch.save(X, f)
torch.load(io.BytesIO(f.getvalue()[:300]))
#: empty-file
import io
torch.load(io.BytesIO())
#: empty-file
import io
f = io.BytesIO()
torch.save(X, f)
torch.load(f)
#: no-folder
torch.save(X, "no/such/folder/model.pt")
#: class-unknown
import pickle
class Net: pass
s = pickle.dumps
import io
f = io.BytesIO()
import sys, types
m = types.ModuleType("__main__x"); sys.modules["__main__x"] = m
Net.__module__ = "__main__x"; m.Net = Net
torch.save(Net(), f); f.seek(0); del m.Net
torch.load(f, weights_only=False)
#: state-for-model
model = nn.Linear(2, 1).state_dict()
model.eval()
#: state-for-model
model = nn.Linear(2, 1).state_dict()
model(X)
#: keys-for-model
model = nn.Linear(2, 1)
model = model.load_state_dict(nn.Linear(2, 1).state_dict())
model.eval()
#: keys-for-model
model = nn.Linear(2, 1)
model = model.load_state_dict(nn.Linear(2, 1).state_dict())
model(X)
#: checkpoint
model = {"epoch": 3, "model": nn.Linear(2, 1).state_dict()}
model.eval()
#: state-for-model
dict(nn.Linear(2, 1).state_dict()).eval()
