"""How alike two words are spelled."""


def within_two(one: str, other: str) -> bool:
    """Whether at most two letters are to be put in, left out or replaced."""
    if abs(len(one) - len(other)) > 2:
        return False
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        before, row = row, [number]
        for at, known in enumerate(other, 1):
            row.append(min(before[at] + 1, row[-1] + 1, before[at - 1] + (letter != known)))
    return row[-1] <= min(2, len(other) - 1)
