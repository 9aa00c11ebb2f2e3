import torch
w = torch.ones(2, requires_grad=True)
for f in (lambda: torch.optim.SGD([], lr=0.1), lambda: torch.optim.SGD([w], lr=-1), lambda: torch.optim.SGD(w, lr=0.1),
          lambda: torch.optim.SGD([w * 2], lr=0.1), lambda: torch.optim.SGD([3.0], lr=0.1), lambda: torch.optim.Adam([w], betas=(1.0, 0.9)),
          lambda: torch.optim.SGD([w], momentum=0.9, nesterov=True, dampening=0.1), lambda: torch.optim.Adam(), lambda: torch.optim.SGD([w], learning_rate=0.1)):
    try: print(type(f()))
    except Exception as e: print(type(e).__name__, e)
