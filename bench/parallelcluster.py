"""Runs the change check of AWS ParallelCluster on two cluster configurations: parallelcluster.py BEFORE AFTER

Needs a Python that has aws-parallelcluster, and asks no cloud. Prints one line for each change with the result of its check.
"""
import sys
from types import SimpleNamespace

import yaml
from pcluster.config.config_patch import ConfigPatch

before, after = (yaml.safe_load(open(path, encoding="utf-8")) for path in sys.argv[1:])
cluster = SimpleNamespace(
    name="bench", stack_name="bench", has_running_capacity=lambda *_, **__: False, config=None, stack=None
)
_, rows = ConfigPatch(cluster, base_config=before, target_config=after).check()
for row in rows[1:]:
    print(*row, sep="\t")
