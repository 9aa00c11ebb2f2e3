"""torch.version."""

cuda = hip = None
debug = False
