x = {"a": None}
x["a"] * 2
