total = 0.0
for v in [1.0, 2.0]:
    total += v
total.backward()
