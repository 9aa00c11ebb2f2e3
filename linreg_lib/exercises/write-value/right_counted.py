class Value:
    def __init__(self, data, op="", left=None, right=None):
        self.data = data
        self.grad = 0
        self.op, self.left, self.right = op, left, right

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, "+", self, other)

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, "*", self, other)

    def backward(self):
        users = {}

        def count(node):
            for parent in (node.left, node.right):
                if parent is not None:
                    users[id(parent)] = users.get(id(parent), 0) + 1
                    if users[id(parent)] == 1:
                        count(parent)

        count(self)
        self.grad = 1
        ready = [self]
        while ready:
            node = ready.pop()
            if node.op == "":
                continue
            slopes = (1, 1) if node.op == "+" else (node.right.data, node.left.data)
            for parent, slope in zip((node.left, node.right), slopes):
                parent.grad = parent.grad + slope * node.grad
                users[id(parent)] -= 1
                if users[id(parent)] == 0:
                    ready.append(parent)
