class Value:
    def __init__(self, data):
        self.data = data


loss = sum([Value(1.0).data])
loss.backward()
