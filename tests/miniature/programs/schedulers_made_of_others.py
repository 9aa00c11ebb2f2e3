import torch
from torch.optim.lr_scheduler import *
def run(make, n=12, **kw):
    o = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1, **kw); s = make(o); out = []
    for _ in range(n): o.step(); out.append(round(s.get_last_lr()[0], 8)); s.step()
    print(out, o.param_groups[0].get("momentum"))
run(lambda o: CyclicLR(o, 0.01, 0.1, step_size_up=3, mode="triangular2"), momentum=0.9)
run(lambda o: CyclicLR(o, 0.01, 0.1, step_size_up=3, step_size_down=2, mode="exp_range", gamma=0.9, cycle_momentum=False))
run(lambda o: SequentialLR(o, [ConstantLR(o, 0.1, 2), ExponentialLR(o, 0.9)], [2]))
run(lambda o: SequentialLR(o, [LinearLR(o, 0.1, 1.0, 4), CosineAnnealingLR(o, 6)], milestones=[4]))
run(lambda o: SequentialLR(o, [LinearLR(o, 0.1, 1.0, 2), StepLR(o, 2), LambdaLR(o, lambda e: 0.5 ** e)], milestones=[2, 7]))
run(lambda o: SequentialLR(o, [MultiStepLR(o, [1, 3]), PolynomialLR(o, 4), CosineAnnealingWarmRestarts(o, 2)], milestones=[4, 7]))
run(lambda o: ChainedScheduler([ConstantLR(o, 0.1, 2), ExponentialLR(o, 0.9)]))
run(lambda o: CosineAnnealingWarmRestarts(o, 3, 2, eta_min=0.01))
o = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1); s = StepLR(o, 1)
print(s.get_lr(), s.state_dict()["last_epoch"])
