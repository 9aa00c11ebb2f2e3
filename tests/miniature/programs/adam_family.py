import torch
for O, kw in ((torch.optim.Adadelta, {}), (torch.optim.Adamax, {"lr": 0.1}), (torch.optim.NAdam, {"lr": 0.1}), (torch.optim.RAdam, {"lr": 0.1}), (torch.optim.Adadelta, {"weight_decay": 0.1}), (torch.optim.NAdam, {"weight_decay": 0.1, "decoupled_weight_decay": True}), (torch.optim.Adamax, {"maximize": True})):
    w = torch.tensor([1.0, -2.0], requires_grad=True)
    o = O([w], **kw)
    for _ in range(12):
        o.zero_grad(); (w ** 2).sum().backward(); o.step()
    print(O.__name__, w); print(o); print(o.state_dict())
for O in (torch.optim.Adadelta, torch.optim.Adamax, torch.optim.NAdam, torch.optim.RAdam):
    for kw in ({"lr": -1}, {"eps": -1}, {"weight_decay": -1}):
        try: O([w], **kw)
        except ValueError as e: print(e)
