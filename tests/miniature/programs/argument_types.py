import torch
import torch.nn as nn
for f in (lambda: torch.zeros("3"), lambda: torch.ones(2.5), lambda: torch.tensor("abc"), lambda: torch.add("a", 1),
          lambda: nn.Linear(2, 1)([[1., 2.]]), lambda: torch.sum([1, 2]), lambda: torch.tensor([1.]) + "a"):
    try:
        f()
    except Exception as e:
        print(type(e).__name__)
