class Value:
    def __init__(self, data):
        self.data = data
        self.grad = None


v = Value(2.0)
v.data -= 0.1 * v.grad
