class Value:
    """A number that remembers what it was made from."""

    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.pass_on = lambda: None  # adds to each parent's grad its share of self.grad

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            ...  # what goes to self.grad and to other.grad?

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            ...

        out.pass_on = pass_on
        return out

    def backward(self):
        ...  # in which order may the nodes pass on?
