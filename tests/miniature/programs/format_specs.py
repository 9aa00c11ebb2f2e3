import torch
loss = torch.tensor(0.123456)
print(f"{loss:.3f} {loss} {loss.item():.2e}")
print("loss: %.4f" % loss)
print("{:>10.2f}|".format(loss))
t = torch.tensor([1., 2.])
print(f"{t}")
print(f"{torch.tensor(7):04d}")
print(f"{t:.2f}")
