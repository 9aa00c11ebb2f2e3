import torch
shapes = [(3,), (3, 1), (1, 3), (2, 3), (2, 1, 3), (4, 1), ()]
for a in shapes:
    for b in shapes:
        try: print(a, b, tuple((torch.zeros(a) + torch.zeros(b)).shape))
        except RuntimeError as e: print(a, b, e)
print(torch.broadcast_shapes((3, 1), (1, 4)), [t.shape for t in torch.broadcast_tensors(torch.ones(3, 1), torch.ones(4))])
try: torch.broadcast_shapes((3,), (4,))
except RuntimeError as e: print(e)
try: torch.ones(3).expand(2, 4)
except RuntimeError as e: print(e)
x = torch.ones(3); 
try: x += torch.ones(2, 3)
except RuntimeError as e: print(e)
