import torch
from torch import nn
# Should I call super().__init__ before defining layers?
class A(nn.Module):
    def __init__(self):
        self.x = 3
        self.p = nn.Parameter(torch.zeros(1))
        super().__init__()
try: A()
except AttributeError as e: print(e)
class B(nn.Module):
    def __init__(self):
        super().__init__
        self.p = nn.Linear(1, 1)
try: B()
except AttributeError as e: print(e)
class C(nn.Module):
    def forward(self, x): return x
print(C()(torch.ones(1)), C(), list(C().parameters()))
class D(nn.Module):
    def __init__(self): pass
    def forward(self, x): return x + 1
d = D()
try: print(d(torch.ones(1)))
except AttributeError as e: print(e)
try: print(d)
except AttributeError as e: print(e)
