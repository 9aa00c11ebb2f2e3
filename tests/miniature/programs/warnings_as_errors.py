import torch
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    torch.nn.functional.mse_loss(torch.ones(2, 1), torch.ones(2)); y = torch.ones(1, requires_grad=True) * 2; y.grad
    print(len(w), [x.category.__name__ for x in w], str(w[0].message)[:50])
warnings.filterwarnings("error")
try: torch.nn.functional.mse_loss(torch.ones(2, 1), torch.ones(2))
except UserWarning as e: print("error", str(e)[:30])
