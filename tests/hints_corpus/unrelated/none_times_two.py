rate = None
rate * 0.5
