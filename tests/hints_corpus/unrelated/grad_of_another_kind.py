class Photo:
    grad = None


photo = Photo()
photo.grad.zero_()
