raise ValueError("leaf node expected, got a view of a leaf Variable")
