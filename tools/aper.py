# SPDX-License-Identifier: ISC
"""Aligned PER (X.691), as far as the messages of a radio access network need it:
values are written one behind the other into an Aper, and done() gives the
octets. What is meant to be wrong is put together by hand from raw()."""

ANY = None  # no upper bound


class Aper:
    def __init__(self):
        self.bit = []

    def bits(self, value, n):
        assert 0 <= value < 1 << n
        self.bit += [value >> i & 1 for i in reversed(range(n))]
        return self

    def align(self):
        self.bit += [0] * (-len(self.bit) % 8)
        return self

    def raw(self, octets):
        """Octets where the next octet begins."""
        self.align()
        for octet in octets:
            self.bits(octet, 8)
        return self

    def done(self):
        """11.1: padded to whole octets, and never none."""
        text = ''.join(map(str, self.bit)) or '0'
        text += '0' * (-len(text) % 8)
        return int(text, 2).to_bytes(len(text) // 8, 'big')

    def whole(self, value, lb, ub):
        """11.5.7, the aligned variant."""
        assert lb <= value <= ub
        most, value = ub - lb, value - lb
        if most < 255:
            return self.bits(value, most.bit_length())
        if most == 255:
            return self.align().bits(value, 8)
        if most < 65536:
            return self.align().bits(value, 16)
        n = max(1, (value.bit_length() + 7) // 8)
        self.whole(n, 1, (most.bit_length() + 7) // 8)
        return self.align().bits(value, 8 * n)

    def small(self, value):
        """11.6"""
        if value < 64:
            return self.bits(0, 1).bits(value, 6)
        n = (value.bit_length() + 7) // 8
        return self.bits(1, 1).length(n).raw(value.to_bytes(n, 'big'))

    def length(self, n, lb=0, ub=ANY):
        """11.9, below the fragments."""
        if ub is not ANY and ub < 65536:
            return self.whole(n, lb, ub)
        assert n < 16384
        self.align()
        return self.bits(n, 8) if n < 128 else self.bits(0x8000 | n, 16)

    def octets(self, value, lb=0, ub=ANY, extensible=False):
        """OCTET STRING, and the strings of octets: 17, 30."""
        inside = lb <= len(value) and (ub is ANY or len(value) <= ub)
        if extensible:
            self.bits(not inside, 1)
        assert inside or extensible
        self.length(len(value), *((lb, ub) if inside else (0, ANY)))
        if not (lb == ub and ub <= 2):
            self.align()
        for octet in value:
            self.bits(octet, 8)
        return self

    def bit_string(self, value, n, lb, ub):
        """16"""
        self.length(n, lb, ub)
        if lb != ub or ub > 16:
            self.align()
        return self.bits(value, n)

    def choice(self, which, n, extensible=False):
        """23; ENUMERATED (14) is written alike."""
        if extensible:
            self.bits(which >= n, 1)
        return self.small(which - n) if which >= n else \
            self.whole(which, 0, n - 1)

    def sequence(self, *there, extended=0):
        """The head of an extensible SEQUENCE (19)."""
        self.bits(extended, 1)
        for one in there:
            self.bits(bool(one), 1)
        return self

    def addition(self, *values):
        """What was added to a SEQUENCE later; None is not there."""
        self.bits(0, 1).bits(len(values) - 1, 6)
        for value in values:
            self.bits(value is not None, 1)
        for value in values:
            if value is not None:
                self.octets(value)
        return self

    def each(self, items, lb, ub, write):
        """SEQUENCE (SIZE (lb..ub)) OF"""
        self.length(len(items), lb, ub)
        for item in items:
            write(self, item)
        return self


def oid(text):
    """The contents of an object identifier (X.690 8.19)."""
    a, b, *rest = map(int, text.split('.'))
    out = b''
    for arc in [40 * a + b] + rest:
        piece = [arc & 127]
        while arc := arc >> 7:
            piece.append(arc & 127 | 128)
        out += bytes(reversed(piece))
    return out
