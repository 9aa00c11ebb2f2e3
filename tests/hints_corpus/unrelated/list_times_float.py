weights = [1.0, 2.0]
weights = weights - 0.1 * [0.5, 0.5]
