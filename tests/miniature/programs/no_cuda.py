import torch
d = torch.device("cuda"); print(d, repr(d), d == torch.device("cuda"), d == "cuda", torch.device("cuda", 1), torch.device("cpu", 0))
torch.manual_seed(1)
for f in (lambda: torch.randn(2, device=d), lambda: torch.zeros(1).to(d), lambda: torch.nn.Linear(1, 1).to("cuda"), lambda: torch.nn.Linear(1, 1).cuda(), lambda: torch.tensor([1.0], device="cuda:0"), lambda: torch.ones(1).cuda(), lambda: torch.rand(3, device="cuda"), lambda: torch.nn.ReLU().to("cuda"), lambda: torch.zeros(1).to(0), lambda: torch.nn.MSELoss().cuda()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(torch.rand(2)); print(torch.version.cuda, torch.cuda.memory_allocated())
