class Value:
    """A number that remembers what it was made from."""

    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        seen, waiting = set(), [self]
        self.grad = 1.0
        while waiting:
            node = waiting.pop(0)
            if node in seen:
                continue
            seen.add(node)
            node.pass_on()
            waiting.extend(node.parents)
