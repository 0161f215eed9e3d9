"""The sieve of the compiled search: of many cores the few whose signatures agree most with the one asked.

Signatures have the letters of a name and their pairs as bits (`gazetteer.matching.units`). Agreement is told in steps,
so that the highest of many are found by counting; all of it costs some 2 ns a core.
"""

import numpy as np

from gazetteer.matching.compiled import compiled, ones

LEVELS = 256  # steps that agreement is told apart by
SAMPLED = 16  # one core of so many is looked at to tell what is high
PLAIN = 191  # the step of signatures that agree in full: what skeletons add has room above


@compiled
def agree(asked, low, high, agreed):  # type: ignore[no-untyped-def]
    """Write how far the signatures of cores agree with the one asked (Dice 1945), in steps up to `PLAIN`.

    In single precision, whose rounding no step sees: a whole number is at least 1/256 from the next quotient.
    """
    asked_low, asked_high = asked[0], asked[1]
    bits = np.float32(max(ones(asked_low) + ones(asked_high), 1))
    for place in range(len(low)):
        its_low, its_high = low[place], high[place]
        both = np.float32(ones(asked_low & its_low)) + np.float32(ones(asked_high & its_high))
        all_bits = bits + np.float32(ones(its_low)) + np.float32(ones(its_high))
        agreed[place] = np.uint8(np.int32(both * np.float32(2 * PLAIN) / all_bits))


@compiled
def marked(marks, skeleton, agreed):  # type: ignore[no-untyped-def]
    """Add what the skeletons of cores are worth to a form."""
    for place in range(len(skeleton)):
        agreed[place] += marks[skeleton[place]]


@compiled
def same(asked, worth, skeleton, agreed):  # type: ignore[no-untyped-def]
    """Add what it is worth to have the very skeleton that is asked."""
    for place in range(len(skeleton)):
        agreed[place] += worth if skeleton[place] == asked else np.uint8(0)


@compiled
def most(steps, room, places):  # type: ignore[no-untyped-def]
    """Write the places of the highest steps in their order, as many as there is room for; of equal ones the earlier.

    How many. A sample tells from which step on there are some twice as many, so that few are looked at again.
    """
    least = 0
    if len(steps) > LEVELS * SAMPLED:
        least, _ = least_of(steps[::SAMPLED], max(2 * room // SAMPLED, 1))
    size = from_step(steps, least, places)
    if size < room:
        size = from_step(steps, 0, places)
    return to_front(steps, places[:size], room, places[:0])


@compiled
def from_step(steps, least, places):  # type: ignore[no-untyped-def]
    """Write the places of the steps that are no lower than one; how many."""
    size = 0
    for place in range(len(steps)):
        if steps[place] >= least:
            places[size] = place
            size += 1
    return size


@compiled
def to_front(steps, places, room, later):  # type: ignore[no-untyped-def]
    """Bring some places to the front, those of the highest steps in their order; of equal ones the earlier.

    How many they are. The others follow in their order as far as `later`, which is scratch, has room for them.
    """
    if len(places) <= room:
        return len(places)
    own = steps[places]
    least, above = least_of(own, room)
    spare = room - above  # room for some of the least
    front, behind = 0, 0
    for at in range(len(places)):
        if own[at] > least or (own[at] == least and spare > 0):
            spare -= own[at] == least
            places[front] = places[at]
            front += 1
        elif behind < len(later):
            later[behind] = places[at]
            behind += 1
    places[front : front + behind] = later[:behind]
    return front


@compiled
def least_of(steps, room):  # type: ignore[no-untyped-def]
    """The lowest of the highest steps, so many as there is room for, and how many are above it."""
    counts = np.zeros(LEVELS, np.int64)
    for step in steps:
        counts[step] += 1
    least, above = LEVELS - 1, 0
    while least > 0 and above + counts[least] < room:
        above += counts[least]
        least -= 1
    return least, above
