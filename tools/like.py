# SPDX-License-Identifier: ISC
"""Like cases: counting them, and whether the counts mean something.

A case is (family, like, right): of whose house the named maker is, the kind of
case as nameplate's answer says it, and whether the maker was the right one. The
kind goes from coarse to fine ("probable/E4/number/other"), and a case counts
for its kind and for all that stand before a slash in it. Which of them an
answer is counted with is decided as the program does it: the finest that is
there. There are verdicts of at least LEAST cases, and finer kinds of as many
whose share is another than that of the kind they belong to, by more than chance:
many cases foretell better than few alike ones.
"""
import hashlib
import math
from collections import defaultdict

FOLDS = 10
LEAST = 15
CHANCE = 0.025  # on either side


def prefixes(like):
    """The kinds that a kind belongs to, the finest first."""
    while like:
        yield like
        like = like.rpartition('/')[0]


def fold(family):
    """Makers of one house are in one fold, whichever others there are."""
    return hashlib.sha256(family.encode()).digest()[0] % FOLDS


def terms(k, n, p):
    """P(X = n), P(X = n - 1) … P(X = k) of n cases right with chance p"""
    term = n * math.log(p)
    for wrong in range(n - k + 1):
        yield math.exp(term)
        term += math.log(max(n - wrong, 1) / (wrong + 1)) \
            + math.log1p(-p) - math.log(p)


def differs(k, n, p):
    """k of n is more, or less, than chance p makes of them"""
    if not 0 < p < 1:
        return False
    more = sum(terms(k, n, p))
    less = sum(terms(0, n, p)) - sum(terms(k + 1, n, p)) if k < n else 1.0
    return min(more, less) < CHANCE


def count(cases):
    """{kind: (k, n)} of the kinds that are counted by themselves"""
    found = defaultdict(lambda: [0, 0])
    for _, like, right in cases:
        for kind in prefixes(like):
            found[kind][0] += right
            found[kind][1] += 1
    counts = {}
    for kind in sorted(found, key=lambda x: (x.count('/'), x)):
        k, n = found[kind]
        above = next((counts[x] for x in prefixes(kind) if x in counts), None)
        if n >= LEAST and ('/' not in kind or above and
                           differs(k, n, above[0] / above[1])):
            counts[kind] = (k, n)
    return counts


def bound(k, n):
    """The lower end of the one-sided 95 % interval (Clopper and Pearson,
    Biometrika 26 (1934) 404), as src/core/bound.c has it."""
    if not k:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(60):
        p = (low + high) / 2
        low, high = (p, high) if sum(terms(k, n, p)) < 0.05 else (low, p)
    return low


def confidence(counts, like):
    """The bound of the finest kind that is counted, or None."""
    for kind in prefixes(like):
        if kind in counts:
            return bound(*counts[kind])
    return None


def held_out(cases):
    """[(confidence, right)]: each case by the counts of the other folds."""
    out = []
    for f in range(FOLDS):
        counts = count(c for c in cases if fold(c[0]) != f)
        known = {}
        for family, like, right in cases:
            if fold(family) != f:
                continue
            if like not in known:
                known[like] = confidence(counts, like)
            if known[like] is not None:
                out.append((known[like], right))
    return out


def reliability(stated):
    """[(n, mean stated, share right)] by tenths, overconfidence as score.py has
    it, Brier score, and that of the best constant."""
    rows, over, brier = [], 0.0, 0.0
    for i in range(10):
        of = [(c, r) for c, r in stated if min(9, int(c * 10)) == i]
        if of:
            said, right = sum(c for c, _ in of), sum(r for _, r in of)
            over += max(0.0, said - right) / len(stated)
            rows.append((i, len(of), said / len(of), right / len(of)))
        brier += sum((c - r) ** 2 for c, r in of) / len(stated)
    share = sum(r for _, r in stated) / len(stated)
    return rows, over, brier, share * (1 - share)


def report(cases):
    """How well the counts foretell what they were not counted from."""
    stated = held_out(cases)
    print(f'\nconfidence out of fold ({FOLDS} folds by house of makers): '
          f'{len(stated)} of {len(cases)} named cases have like ones')
    if not stated:
        return
    rows, over, brier, constant = reliability(stated)
    for i, n, said, right in rows:
        print(f'  stated {i / 10:.1f} to {(i + 1) / 10:.1f}: {n:5} answers, '
              f'mean stated {said:.3f}, right {right:.3f}')
    print(f'  overconfidence {100 * over:.2f} %; Brier {brier:.4f}, best '
          f'constant {constant:.4f}: {100 * (1 - brier / constant):+.1f} %'
          if constant else
          f'  overconfidence {100 * over:.2f} %; Brier {brier:.4f}; all right')
