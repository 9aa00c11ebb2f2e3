"""A reference to memory that does not keep it."""

import weakref


class StorageWeakRef:
    """Knows whether the memory is gone."""

    def __init__(self, storage):
        self._reference = weakref.ref(storage)

    def expired(self):
        return self._reference() is None
