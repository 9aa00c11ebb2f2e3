import torch
import torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(0)
class Net(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super(Net, self).__init__()
        self.fc1 = nn.Linear(n_in, n_hidden)
        self.fc2 = nn.Linear(n_hidden, n_out)
        self.dropout = nn.Dropout(p=0.5)
    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = self.dropout(x)
        return self.fc2(x)
net = Net(4, 6, 3)
print(net)
net.eval()
x = torch.randn(5, 4)
labels = torch.tensor([0, 2, 1, 1, 0])
out = net(x)
loss = F.cross_entropy(out, labels)
loss.backward()
_, predicted = torch.max(out, 1)
print(predicted, (predicted == labels).sum().item())
print(out.argmax(dim=1), F.softmax(out, dim=1).sum(dim=1))
print(net.fc2.bias.grad)
