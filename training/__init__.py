"""What was learnt, learnt anew: scripts that read names and write data files of the package."""
