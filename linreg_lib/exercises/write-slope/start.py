import torch


def slope(loss, w, j):
    ...
