"""What reading one file may cost: our own assumptions, ample for every format that is taken."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of memory, and seconds by the size of the file.

    `cpu` counts the reader's own work, so that a busy machine refuses nothing; `silence` is how
    long nothing at all may come from it.
    """

    memory: int = 512 * MIB
    memory_a_byte: int = 32
    most_memory: int = 1024 * MIB
    cpu: int = 5
    cpu_a_mib: float = 2
    silence: int = 60
    silence_a_mib: float = 2

    def memory_bytes(self, size: int) -> int:
        return min(self.memory + self.memory_a_byte * size, self.most_memory)

    def cpu_seconds(self, size: int) -> int:
        return int(self.cpu + self.cpu_a_mib * size / MIB)

    def silent_seconds(self, size: int) -> float:
        return self.silence + self.silence_a_mib * size / MIB


READING = Limits()
