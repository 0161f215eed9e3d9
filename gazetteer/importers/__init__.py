"""Sources of records: each module reads one format and yields `Record` or `Rejected`, nothing else."""
