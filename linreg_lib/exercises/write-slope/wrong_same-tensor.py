def slope(loss, w, j):
    moved = w
    moved[j] += 0.001
    return (loss(moved) - loss(w)) / 0.001
