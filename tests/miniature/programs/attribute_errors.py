import torch
x = torch.ones(2)
try:
    x.foo
except AttributeError as e:
    print(e)
try:
    torch.foo
except AttributeError as e:
    print(e)
try:
    torch.nn.Foo
except AttributeError as e:
    print(e)
m = torch.nn.Linear(1, 1)
try:
    m.weights
except AttributeError as e:
    print(e)
torch.optim.sgd2
