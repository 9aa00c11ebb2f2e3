report = "loss"
report.backward()
