import torch, torch.nn as nn

net = nn.Linear(4, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(6, 4), torch.randn(6, 1)
for phase in ["val", "train"]:
    net.train(phase == "train")
    with torch.set_grad_enabled(phase == "train"):
        out = net(x)  # <-
        loss = nn.functional.mse_loss(out, y)  # <-
    opt.zero_grad()
    loss.backward()
    opt.step()
