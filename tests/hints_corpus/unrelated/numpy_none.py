import numpy as np

a = np.array([1.0, None])
a * 2.0
