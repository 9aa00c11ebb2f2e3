import numpy as np

X = np.ones((4, 2))
w = np.ones((3, 1))
X @ w
