"""What each kind of feed means: its mapping, its checks and a fixture, one folder a source."""
