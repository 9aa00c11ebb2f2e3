def plot(values):
    if values is None:
        raise TypeError("values must be a list, not NoneType")


plot(None)
