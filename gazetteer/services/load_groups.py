"""Which records of a batch, and which stored entities, are one: those that share an identifier, however indirectly."""

from collections.abc import Iterable, Mapping

from gazetteer.services.identity import Key


class Groups:
    """A union-find over records; each group knows its identifiers and the entities that have one of them."""

    def __init__(self) -> None:
        self.parents: list[int] = []
        self.entities: list[set[int]] = []
        self.of_key: dict[Key, int] = {}
        self.of_entity: dict[int, int] = {}

    def find(self, group: int) -> int:
        """The group that a group has become."""
        while self.parents[group] != group:
            self.parents[group] = group = self.parents[self.parents[group]]
        return group

    def place(self, keys: Iterable[Key], stored: Mapping[Key, int]) -> int:
        """The group of a record with these identifiers; `stored` tells the entities that have some of them."""
        group = self.add()
        for key in keys:
            known = self.of_key.setdefault(key, group)
            if known != group:
                group = self.join(known, group)
            entity = stored.get(key)
            if entity is not None:
                group = self.attach(group, entity)
        return group

    def add(self) -> int:
        """A group of nothing."""
        self.parents.append(len(self.parents))
        self.entities.append(set())
        return len(self.parents) - 1

    def attach(self, group: int, entity: int) -> int:
        """The group that both a group and an entity belong to."""
        known = self.of_entity.setdefault(entity, group)
        group = self.join(known, group)
        self.entities[group].add(entity)
        return group

    def join(self, left: int, right: int) -> int:
        """Make two groups one."""
        left, right = self.find(left), self.find(right)
        if left != right:
            self.parents[right] = left
            self.entities[left] |= self.entities[right]
        return left

    def roots(self) -> list[int]:
        """The groups that are left, in the order of their first records."""
        return [group for group, parent in enumerate(self.parents) if group == parent]
