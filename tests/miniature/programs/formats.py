import torch
t, v = torch.tensor(3.14159), torch.tensor([1.23456, 2.0])
print(f"{t}", f"{t:.2f}", f"{t:10.3f}|", f"{t:e}", f"{t.item():.3f}", f"{v}", f"{v[0]:.1f}", f"{t!r}", "%s" % t, "%.3f" % t, "{}".format(v), str(v), repr(v), f"{torch.tensor(5):03d}", f"{torch.tensor(True)}")
for bad in ("f'{v:.2f}'", "'%.2f' % v", "'%d' % v", "f'{t:d}'", "f'{torch.tensor([2.5]):.2f}'", "round(v, 1)", "int(v)", "float(v)", "'%.2f' % torch.tensor([2.5])"):
    try: print(bad, eval(bad))
    except Exception as e: print(bad, type(e).__name__, e)
print([t, v], (t,), {"a": t}, [x.item() for x in v], v.tolist(), round(t.item(), 2), round(v.tolist()[0], 3))
print("loss: " + str(t)); print("w =", v, sep="\t"); print(t, v, end="!\n")
try: print("loss: " + t)
except TypeError as e: print(e)
try: print("loss: " + v)
except TypeError as e: print(e)
