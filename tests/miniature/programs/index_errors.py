import torch
x = torch.arange(6).view(2, 3)
for f in (lambda: x[2], lambda: x[0, 3], lambda: x[0, 0, 0], lambda: x[1.0], lambda: x["a"], lambda: x[[0, 5]]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
