"""Measurements on real reports: quality against gold data, speed against the floor."""
