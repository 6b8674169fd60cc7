"""Work that runs by itself: ids in, one action called."""
