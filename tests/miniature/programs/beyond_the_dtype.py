import torch
u = torch.tensor([44], dtype=torch.uint8)
print(u == 300, u < 300, u + 300, torch.tensor([1], dtype=torch.int32) * 2**40)
for f in (lambda: u + 2**70, lambda: torch.tensor([44]) + 2**70, lambda: torch.where(torch.tensor([True]), torch.tensor([1], dtype=torch.int32), 2**40), lambda: torch.full((1,), 300, dtype=torch.uint8), lambda: torch.zeros(1, dtype=torch.int32).fill_(2**40), lambda: torch.tensor([2**40], dtype=torch.int32), lambda: torch.tensor([2**40]).clamp(max=3), lambda: torch.einsum("ij,jk->ik", torch.ones(2, 5), torch.ones(4, 2)), lambda: torch.tensor([300.0], dtype=torch.uint8)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
