raise RuntimeError("call backward through the graph a second time to continue")
