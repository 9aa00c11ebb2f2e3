"""torch.multiprocessing: there are no processes in a page."""
