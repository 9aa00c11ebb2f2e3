n = 0
mean = 3.0 / n
