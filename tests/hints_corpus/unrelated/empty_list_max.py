best = max([])
