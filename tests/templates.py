"""Templates compiled once for all the applications a run of the tests makes."""

from jinja2 import BytecodeCache


class CompiledOnce(BytecodeCache):
    """Keeps what was compiled in memory; a bucket's checksum is of its source, a changed template another."""

    def __init__(self):
        self._kept = {}

    def load_bytecode(self, bucket):
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self._kept[bucket.key, bucket.checksum] = bucket.code
