def slope(loss, w, j):
    moved = w.clone()
    moved[j] += 1
    return (loss(moved) - loss(w)) / 1
