total = None
for x in range(3):
    total += x
