def slope(loss, w, j):
    h = 0.001
    return (loss(w + h) - loss(w)) / h
