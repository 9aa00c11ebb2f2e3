import torch, io
a = torch.arange(6.)
d = {"a": a, "row": a.view(2, 3)[1], "n": 3, "s": "x", "p": torch.nn.Parameter(torch.ones(2)), "l": [1.5, None, True], "t": (a,)}
b = io.BytesIO(); torch.save(d, b); b.seek(0)
e = torch.load(b, weights_only=True)
e["a"][4] = 99
print(e["row"], e["t"], type(e["p"]), e["p"].requires_grad, e["n"], e["l"], e["s"])
