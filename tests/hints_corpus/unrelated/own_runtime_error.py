raise RuntimeError("the training budget is used up")
