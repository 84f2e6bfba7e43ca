# SPDX-License-Identifier: ISC
"""Cases of the radio access network's protocols (3GPP TS 36.413, 38.413, 36.423,
38.423, 38.473, 37.483), in the words of tools/craft.py and tools/aper.py."""
import zlib

from aper import Aper, oid

ENB, ENB2, ENB3 = '02:4c:41:60:00:01', '02:4c:41:60:00:02', '02:4c:41:60:00:03'
MME, MME2, MME3 = '02:4c:41:60:00:11', '02:4c:41:60:00:12', '02:4c:41:60:00:13'
AT = {ENB: '10.60.0.1', ENB2: '10.60.0.2', ENB3: '10.60.0.3',
      MME: '10.60.1.1', MME2: '10.60.1.2', MME3: '10.60.1.3'}
START, SUCCESS, FAILURE = range(3)
REJECT, IGNORE, NOTIFY = range(3)


# ------------------------------------------------------------------- carrier

def crc32c(data):
    """RFC 9260 appendix A."""
    crc = 0xffffffff
    for octet in data:
        crc ^= octet
        for _ in range(8):
            crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
    return (~crc & 0xffffffff).to_bytes(4, 'little')


def sctp(src, dst, port, ppid, *messages):
    """An SCTP packet with a DATA chunk a message; tag and numbers are such that
    nothing is sent twice."""
    chunks = b''
    for n, data in enumerate(messages):
        chunk = (hx('00 03') + u16(16 + len(data)) + u32(zlib.crc32(data) + n)
                 + u16(0) + u16(n) + u32(ppid) + data)
        chunks += chunk + bytes(-len(chunk) % 4)
    head = u16(port) + u16(port) + u32(zlib.crc32(hx(src + dst)))
    head += crc32c(head + bytes(4) + chunks)
    return ip_frame(dst, src, AT[src], AT[dst], 132, head + chunks)


# -------------------------------------------------------------- what is alike

def field(number, value, criticality=IGNORE):
    """ProtocolIE-Field, ProtocolExtensionField"""
    return number, criticality, value


def write_field(a, item):
    number, criticality, value = item
    a.whole(number, 0, 65535).choice(criticality, 3)
    a.octets(value.done() if isinstance(value, Aper) else value)


def container(fields, lb=0, ub=65535, a=None):
    return (a or Aper()).each(fields, lb, ub, write_field)


def pdu(outcome, procedure, body, four=False):
    a = Aper()
    a.choice(outcome, 4) if four else a.choice(outcome, 3, True)
    return a.whole(procedure, 0, 255).choice(REJECT, 3).octets(body).done()


def message(outcome, procedure, *fields, four=False):
    return pdu(outcome, procedure,
               container(fields, a=Aper().sequence()).done(), four)


def private(procedure, *fields, four=False):
    """PrivateMessage; a number is a local identifier, a text a global one."""
    def write(a, item):
        kind, value = item
        a.choice(isinstance(kind, str), 2)
        a.octets(oid(kind)) if isinstance(kind, str) else \
            a.whole(kind, 0, 65535)
        a.choice(IGNORE, 3).octets(value)
    a = Aper().sequence().each(fields, 1, 65535, write)
    return pdu(START, procedure, a.done(), four)


def plmn(text):
    """262-01, 310-410: digits in their order, a filler before the network's
    when those are two (TS 36.413 9.2.3.8; TS 24.008 has another)."""
    country, network = text.split('-')
    d = country + network.rjust(3, 'f')
    return hx(d[1] + d[0] + d[3] + d[2] + d[5] + d[4])


def write_plmn(a, text):
    a.octets(plmn(text), 3, 3)


def name(text):
    return Aper().octets(text.encode(), 1, 150, True)


def extended_name(visible=None, utf8=None, heeded=True, more=None):
    """A UTF8String's size constraint is never visible (X.691 30.6); there are
    encoders that heed it all the same, and tshark reads it so."""
    a = Aper().sequence(visible, utf8, more)
    if visible:
        a.octets(visible.encode(), 1, 150, True)
    if utf8 and heeded:
        a.octets(utf8.encode(), 1, 150, True)
    elif utf8:
        a.octets(utf8.encode())
    return container(more, 1, 65535, a) if more else a


def octet(n):
    return Aper().whole(n, 0, 255)


def u36(n):
    return Aper().whole(n, 0, 2**36 - 1)


def cause(outcomes=5, which=0, extensible=True):
    """The first of some group of causes, each an extensible ENUMERATED."""
    return Aper().choice(which, outcomes, extensible).bits(0, 8)


def enb_id(network, kind, number):
    """Global eNB ID: macro, home, short macro, long macro."""
    length = (20, 28, 18, 21)[kind]
    a = Aper().sequence(None).octets(plmn(network), 3, 3)
    a.choice(kind, 2, True)
    if kind < 2:
        return a.bit_string(number, length, length, length)
    return a.octets(Aper().bit_string(number, length, length, length).done())


MACRO, HOME, SHORT, LONG = range(4)


# ---------------------------------------------------------------------- S1AP

def s1(src, dst, *messages):
    return sctp(src, dst, 36412, 18, *messages)


def tas(*areas):
    """SupportedTAs: an area and its networks, each."""
    def write(a, area):
        tac, *networks = area
        a.sequence(None).octets(u16(tac), 2, 2)
        a.each(networks, 1, 6, write_plmn)
    return Aper().each(areas, 1, 256, write)


def gummeis(*served):
    """ServedGUMMEIs: networks, groups, codes, each."""
    def write(a, item):
        networks, groups, codes = item
        a.sequence(None).each(networks, 1, 32, write_plmn)
        a.each(groups, 1, 65535, lambda a, n: a.octets(u16(n), 2, 2))
        a.each(codes, 1, 256, lambda a, n: a.octets(u8(n), 1, 1))
    return Aper().each(served, 1, 8, write)


def drx():
    return field(137, Aper().choice(2, 4, True))


def s1_request(node, text, areas):
    return message(START, 17, field(59, node, REJECT), field(60, name(text)),
                   field(64, areas, REJECT), drx())


def s1_response(text, served, capacity):
    return message(SUCCESS, 17, field(61, name(text)),
                   field(105, served, REJECT), field(87, octet(capacity)))


def golden_s1ap__setup():
    """S1 Setup of three base stations, asked and answered: macro, with two
    areas of a network each; of two networks of three digits; of an area that
    two operators share. An MME that also serves what older networks map to."""
    return [s1(ENB, MME, s1_request(enb_id('262-01', MACRO, 0x12345),
                                    'BER-LAB-0001',
                                    tas((0x1001, '262-01'),
                                        (0x1002, '262-01')))),
            s1(MME, ENB, s1_response('mme1.mmec01.lab', gummeis(
                (['262-01'], [0x0102], [1]),
                (['262-01'], [0x0304, 0x0305], [7, 8])), 200)),
            s1(ENB2, MME2, s1_request(enb_id('310-410', MACRO, 0xabcde),
                                      'eNB_lab 2',
                                      tas((0x2001, '310-410', '311-180')))),
            s1(MME2, ENB2, s1_response('MME-POOL-2', gummeis(
                (['310-410', '311-180'], [0x8001], [0x20, 0x21])), 0)),
            s1(ENB3, MME3, s1_request(enb_id('234-15', MACRO, 7), 'X',
                                      tas((3, '234-15', '234-10')))),
            s1(MME3, ENB3, s1_response('mme (three)', gummeis(
                (['234-15'], [0xffff], [255])), 255))]


def golden_s1ap__kinds():
    """Other kinds of base station: home, and those whose identifiers came
    later; a name longer than the first release allowed; a network for tests
    and one for internal use, which are no keys, and one with a digit that is
    none, which is not said."""
    return [s1(ENB, MME, s1_request(enb_id('262-01', HOME, 0x1234567),
                                    'home-1', tas((1, '262-01')))),
            s1(ENB2, MME, s1_request(enb_id('262-01', SHORT, 0x2abcd),
                                     'short-macro-1', tas((2, '262-01')))),
            s1(ENB3, MME, s1_request(enb_id('262-01', LONG, 0x1abcde),
                                     'long-macro-1 ' + 'n' * 160,
                                     tas((3, '262-01')))),
            s1(ENB, MME2, s1_request(enb_id('001-01', MACRO, 16), 'test-1',
                                     tas((1, '001-01')))),
            s1(ENB2, MME2, s1_request(enb_id('999-70', MACRO, 16),
                                      'internal-1', tas((1, '999-70')))),
            s1(ENB3, MME2, s1_request(enb_id('2a2-01', MACRO, 17),
                                      'no-digit-1', tas((1, '262-01'))))]


def golden_s1ap__update():
    """A setup that fails, and configuration updates of both ends with their
    outcomes: each end is known by what only it may send."""
    return [s1(MME, ENB, message(FAILURE, 17, field(2, cause()),
                                 field(65, Aper().choice(3, 6, True)))),
            s1(ENB, MME, message(START, 29, field(60, name('BER-LAB-0001-B')),
                                 field(64, tas((0x1003, '262-01')), REJECT),
                                 drx())),
            s1(MME, ENB, message(SUCCESS, 29)),
            s1(MME2, ENB2, message(START, 30, field(61, name('MME-NEW-2')),
                                   field(105, gummeis((['262-02'], [9], [3])),
                                         REJECT), field(87, octet(17)))),
            s1(ENB2, MME2, message(SUCCESS, 30)),
            s1(ENB3, MME3, message(FAILURE, 30, field(2, cause())))]


def golden_s1ap__private():
    """Elements of a message whose content is private: of one numbered here,
    and of whom the object identifier names. Either end may send it: no
    role."""
    return [s1(ENB, MME, private(39, (17, b'\x00'),
                                 ('1.3.6.1.4.1.2011.6.163.1', b'abcd'))),
            s1(MME2, ENB2, private(39, ('1.3.6.1.4.1.193.183.4', b'\x01'),
                                   ('1.3.6.1.4.1.3902.3.100', b'\x02')))]


def golden_s1ap__many():
    """More areas, networks, groups and codes than are said of one node, and a
    message that says that it has more elements than are read."""
    networks = [f'310-{n:03}' for n in range(101, 133)]
    return [s1(ENB, MME, s1_request(
                enb_id('310-410', MACRO, 5), 'many areas', tas(
                    *[(n, *networks[n % 27:n % 27 + 6])
                      for n in range(1, 41)]))),
            s1(MME, ENB, s1_response('many groups', gummeis(
                (networks, range(1, 21), range(1, 21))), 1)),
            s1(ENB, MME, pdu(START, 17, Aper().sequence().length(
                1025, 0, 65535).raw(hx('0089 40 01 40')).done()))]


def golden_s1ap__vector():
    """A request with the test network, written out by hand; its name begins
    as one maker's sites are often called, and proves nothing."""
    body = hx('8e3c8e3c0000000100000000000300310000000100000000000000120011001d'
              '000002003b00080000f11000000100003c400a038048575f5349544531000000')
    return [ip_frame(MME, ENB, AT[ENB], AT[MME], 132, body)]


def golden_s1ap__silent():
    """What says nothing: a reset of everything and its acknowledgement, an
    error, either of which both ends may send; a subscriber's first message,
    of which nothing is read; a procedure that no release has. A setup, behind
    them."""
    return [s1(ENB, MME, message(START, 14, field(2, cause()),
                                 field(92, Aper().choice(0, 2, True)
                                       .choice(0, 1, True), REJECT))),
            s1(MME, ENB, message(SUCCESS, 14)),
            s1(MME, ENB, message(START, 15, field(2, cause()))),
            s1(ENB, MME, message(
                START, 12, field(8, Aper().whole(5, 0, 2**24 - 1), REJECT),
                field(26, Aper().octets(hx('c7 05 1234')), REJECT))),
            s1(ENB, MME, message(START, 200)),
            s1(ENB, MME, s1_request(enb_id('262-01', MACRO, 0x12345),
                                    'BER-LAB-0009', tas((9, '262-01'))))]


def golden_s1ap__broken():
    """What is broken: an element longer than its message, more elements than
    there are, an area that ends in its networks, a criticality that is none.
    What stands before is kept. A length in fragments, which are not put
    together; another's octets."""
    whole = message(START, 17, field(59, enb_id('262-01', MACRO, 1), REJECT),
                    field(60, name('whole-1')))
    long = bytearray(whole)
    long[-10] += 40
    more = bytearray(whole)
    more[6] += 1
    area = message(START, 17, field(60, name('area-1')),
                   field(64, tas((5, '262-01', '262-02')).done()[:6], REJECT))
    bad = bytearray(whole)
    bad[-11] = 0xc0
    return [s1(ENB, MME, whole), s1(ENB, MME, bytes(long)),
            s1(ENB2, MME, bytes(more)), s1(ENB2, MME, area),
            s1(ENB3, MME, bytes(bad)),
            s1(ENB3, MME, hx('00 11 00 c1') + bytes(64)),
            s1(ENB3, MME, hx('16 03 01 00 05') + b'other')]


# ---------------------------------------------------------------------- NGAP

def ng(src, dst, *messages):
    return sctp(src, dst, 38412, 60, *messages)


def gnb(a, network, number, bits):
    """GlobalGNB-ID, which XnAP writes alike."""
    a.sequence(None).octets(plmn(network), 3, 3)
    return a.choice(0, 2).bit_string(number, bits, 22, 32)


def ng_enb(a, network, kind, number):
    """GlobalNgENB-ID: macro, short macro, long macro."""
    length = (20, 18, 21)[kind]
    a.sequence(None).octets(plmn(network), 3, 3)
    return a.choice(kind, 4).bit_string(number, length, length, length)


def ng_node(kind, *node):
    """GlobalRANNodeID: gNB, ng-eNB, N3IWF, or another in its own element."""
    a = Aper().choice(kind, 4)
    if kind == 0:
        return gnb(a, *node)
    if kind == 1:
        return ng_enb(a, *node)
    network, number = node[-2:]
    if kind == 2:
        a.sequence(None).octets(plmn(network), 3, 3)
        return a.choice(0, 2).bit_string(number, 16, 16, 16)
    inside = Aper().sequence(None).octets(plmn(network), 3, 3).choice(0, 2)
    size = 32 if node[0] != 242 else 16
    inside.bits(0, 1).bit_string(number, size, size, size)
    write_field(a, field(node[0], inside, REJECT))
    return a


def slice_(a, what):
    """S-NSSAI: a type, and a differentiator or none."""
    kind, which = what
    a.sequence(which is not None, None).octets(u8(kind), 1, 1)
    if which is not None:
        a.octets(which.to_bytes(3, 'big'), 3, 3)


def slice_item(a, what):
    a.sequence(None)
    slice_(a, what)


def ng_tas(*areas, item=slice_item, more=None):
    """SupportedTAList: an area, and its networks with their slices, and
    further elements of each."""
    def network(a, one):
        a.sequence(more).octets(plmn(one[0]), 3, 3)
        a.each(one[1:], 1, 1024, item)
        if more:
            container(more, 1, 65535, a)

    def area(a, one):
        a.sequence(None).octets(one[0].to_bytes(3, 'big'), 3, 3)
        a.each(one[1:], 1, 12, network)
    return Aper().each(areas, 1, 256, area)


def guamis(*served):
    """ServedGUAMIList: network, region, set, pointer, another's name and
    further elements."""
    def write(a, item):
        network, region, set_, pointer, *backup = item
        more = backup[1:]
        a.sequence(backup, more)
        a.sequence(None).octets(plmn(network), 3, 3)
        a.bit_string(region, 8, 8, 8).bit_string(set_, 10, 10, 10)
        a.bit_string(pointer, 6, 6, 6)
        if backup:
            a.octets(backup[0].encode(), 1, 150, True)
        if more:
            container(more, 1, 65535, a)
    return Aper().each(served, 1, 256, write)


def ng_plmns(*networks):
    """PLMNSupportList, a slice each."""
    def write(a, network):
        a.sequence(None).octets(plmn(network), 3, 3)
        a.each([(1, None)], 1, 1024, slice_item)
    return Aper().each(networks, 1, 12, write)


def ng_request(node, text, areas, *more):
    return message(START, 21, field(27, node, REJECT), field(82, name(text)),
                   field(102, areas, REJECT),
                   field(21, Aper().choice(1, 4, True)), *more)


def ng_response(text, served, capacity, network, *more):
    return message(SUCCESS, 21, field(1, name(text), REJECT),
                   field(96, served, REJECT), field(86, octet(capacity)),
                   field(80, ng_plmns(network), REJECT), *more)


GNB_KIND, NG_ENB_KIND, N3IWF_KIND, OTHER_KIND = range(4)


def golden_ngap__setup():
    """NG Setup of three gNBs with identifiers of 22, 32 and 28 bits, asked and
    answered: areas whose networks have slices with and without a
    differentiator, an AMF that names another to stand in for it, and names
    in the form that came later."""
    return [ng(ENB, MME, ng_request(
                ng_node(GNB_KIND, '262-01', 0x123456, 22), 'gNB-BER-0001',
                ng_tas((0x000a01, ('262-01', (1, None), (2, 0x00abcd)))))),
            ng(MME, ENB, ng_response('AMF-1', guamis(
                ('262-01', 0xca, 0x3fe, 1, 'AMF-1-BACKUP',
                 field(176, Aper().choice(0, 1, True))),
                ('262-01', 0xcb, 1, 63)), 255, '262-01')),
            ng(ENB2, MME2, ng_request(
                ng_node(GNB_KIND, '310-410', 0xdeadbeef, 32), 'gnb two',
                ng_tas((0x000b01, ('310-410', (1, None))),
                       (0x000b02, ('310-410', (1, 0xffffff)),
                        ('311-180', (1, None))),
                       more=[field(271, Aper().each([(3, 9)], 1, 65535,
                                                    slice_item))]),
                field(273, extended_name('gnb two', 'gNB zwei \u00e4')))),
            ng(MME2, ENB2, ng_response(
                'amf2.set1.lab', guamis(('310-410', 1, 2, 3)), 10, '310-410',
                field(274, extended_name(None, 'amf2.set1.lab \u0416')))),
            ng(ENB3, MME3, ng_request(
                ng_node(GNB_KIND, '234-15', 0x0000007, 28), 'G3',
                ng_tas((0xffffff, ('234-15', (1, None)))))),
            ng(MME3, ENB3, ng_response('AMF three', guamis(
                ('234-15', 0, 0, 0)), 0, '234-15'))]


def golden_ngap__names():
    """The form of names that came later: the UTF8String as X.691 has it, which
    tshark takes for broken, alone, behind a VisibleString and before what
    may yet come; and with its size constraint heeded, of each length that
    may be mistaken for the other's."""
    names = [extended_name(None, 'gNB \u4e00', False),
             extended_name('gNB seen', 'gNB \u4e8c', False),
             extended_name(None, 'gNB \u4e09', False,
                           [field(999, b'\x00')]),
             extended_name(None, 'gNB \u56db ' + 'n' * 120),
             extended_name('v' * 151, 'gNB \u4e94'),
             extended_name(None, 'u'), extended_name(None, 'v', False),
             extended_name(None, 'w' * 160, False),
             extended_name(None, 'x' * 160)]
    return [ng(ENB, MME, message(START, 35, field(273, n))) for n in names]


def golden_ngap__kinds():
    """Other access nodes: an ng-eNB with each length of its identifier, and
    those through which a terminal without 3GPP's radio comes: N3IWF, TNGF,
    TWIF, W-AGF, whose identifiers are not read."""
    areas = ng_tas((1, ('262-01', (1, None))))
    rows = [(NG_ENB_KIND, ('262-01', 0, 0x12345), 'ng-eNB macro'),
            (NG_ENB_KIND, ('262-01', 1, 0x2abcd), 'ng-eNB short'),
            (NG_ENB_KIND, ('262-01', 2, 0x1abcde), 'ng-eNB long'),
            (N3IWF_KIND, ('262-01', 5), 'n3iwf'),
            (OTHER_KIND, (240, '262-01', 6), 'tngf'),
            (OTHER_KIND, (241, '262-01', 7), 'twif'),
            (OTHER_KIND, (242, '262-01', 8), 'w-agf')]
    return [ng(ENB, MME, ng_request(ng_node(kind, *node), text, areas))
            for kind, node, text in rows]


def golden_ngap__many():
    """More served identifiers than are said of one AMF."""
    return [ng(MME, ENB, ng_response('many', guamis(
        *[('262-01', 1, n, n) for n in range(1, 21)]), 1, '262-01'))]


def golden_ngap__update():
    """A setup that fails and updates of both ends. An access node that does
    not say which kind it is, one that does, and the answers of either."""
    return [ng(MME, ENB, message(FAILURE, 21, field(15, cause(6, 0, False)))),
            ng(ENB, MME, message(START, 35, field(82, name('gNB-renamed')))),
            ng(MME, ENB, message(SUCCESS, 35)),
            ng(ENB2, MME2, message(
                START, 35, field(27, ng_node(GNB_KIND, '999-70', 1, 24)))),
            ng(MME2, ENB2, message(FAILURE, 35, field(15, cause(6, 0, False)))),
            ng(MME3, ENB3, message(START, 0, field(1, name('AMF-NEW'), REJECT),
                                   field(86, octet(3)))),
            ng(ENB3, MME3, message(SUCCESS, 0)),
            ng(ENB3, MME3, message(FAILURE, 0, field(15, cause(6, 0, False))))]


def golden_ngap__silent():
    """What says nothing: a reset and its answer, an error, a subscriber's
    message. A private message names him who defined what is in it."""
    return [ng(ENB, MME, message(START, 20, field(15, cause(6, 0, False)),
                                 field(88, Aper().choice(0, 3)
                                       .choice(0, 1, True), REJECT))),
            ng(MME, ENB, message(SUCCESS, 20)),
            ng(MME, ENB, message(START, 9, field(15, cause(6, 0, False)))),
            ng(ENB, MME, message(START, 46, field(
                10, Aper().whole(5, 0, 2**40 - 1), REJECT))),
            ng(ENB, MME, private(31, ('1.3.6.1.4.1.193.5.1', b'\x01'),
                                 (9, b'\x02')))]


def golden_ngap__broken():
    """A node whose identifier is cut, a list of areas that is longer than its
    element, and one that says it has a thousand slices. Names behind them are
    kept."""
    node = ng_node(GNB_KIND, '262-01', 0x123456, 22)
    areas = ng_tas((1, ('262-01', (1, None)))).done()
    many = Aper().length(1, 1, 256).sequence(None).octets(hx('000007'), 3, 3)
    many.length(1, 1, 12).sequence(None).octets(plmn('262-01'), 3, 3)
    many.length(1024, 1, 1024).raw(bytes(8))
    return [ng(ENB, MME, message(START, 21, field(27, node.done()[:6]),
                                 field(82, name('cut-1')))),
            ng(ENB, MME, message(START, 21, field(27, node),
                                 field(102, areas[:-1]),
                                 field(82, name('cut-2')))),
            ng(ENB2, MME, message(START, 21, field(27, node),
                                  field(102, many),
                                  field(82, name('cut-3')))),
            ng(ENB2, MME, ng_request(node, 'whole', ng_tas(
                (1, ('262-01', (1, None))))))]


# ---------------------------------------------------------------------- X2AP

def x2(src, dst, *messages):
    return sctp(src, dst, 36422, 27, *messages)


def en_gnb_id(network, number, bits):
    a = Aper().sequence(None).octets(plmn(network), 3, 3)
    return a.choice(0, 1, True).bit_string(number, bits, 22, 32)


def x2_cells(network, tac, cell):
    """ServedCells of one cell, with a neighbour, which is another's."""
    def neighbour(a, one):
        a.sequence(None)
        ecgi(a, network, cell + 256)
        a.bits(0, 1).whole(77, 0, 503).whole(3350, 0, 65535)

    def ecgi(a, network, cell):
        a.sequence(None).octets(plmn(network), 3, 3)
        a.bit_string(cell, 28, 28, 28)

    def one(a, item):
        a.sequence(True, None)
        a.sequence(None).bits(0, 1).whole(76, 0, 503)
        ecgi(a, network, cell)
        a.octets(u16(tac), 2, 2).each([network], 1, 6, write_plmn)
        a.choice(0, 2, True)
        a.sequence(None).whole(19300, 0, 65535).whole(1300, 0, 65535)
        a.choice(3, 6, True).choice(3, 6, True)
        a.each([1], 0, 512, neighbour)
    return Aper().each([1], 1, 256, one)


def endc(kind, *fields):
    """Which kind speaks, and what such a one says."""
    return container(fields, a=Aper().choice(kind, 2, True))


def golden_x2ap__setup():
    """X2 Setup of two base stations, one with a home's identifier; a cell with
    a neighbour, of which nothing is read. A setup that fails, and updates."""
    return [x2(ENB, ENB2, message(
                START, 6, field(21, enb_id('262-01', MACRO, 0x12345), REJECT),
                field(20, x2_cells('262-01', 0x1001, 0x1234501), REJECT))),
            x2(ENB2, ENB, message(
                SUCCESS, 6, field(21, enb_id('262-01', HOME, 0x7654321),
                                  REJECT),
                field(20, x2_cells('262-01', 0x1002, 0x7654321), REJECT))),
            x2(ENB3, ENB, message(FAILURE, 6, field(5, cause(4)))),
            x2(ENB, ENB2, message(START, 8)),
            x2(ENB2, ENB, message(SUCCESS, 8)),
            x2(ENB3, ENB, message(START, 6, field(
                21, enb_id('234-15', LONG, 0x100001), REJECT)))]


def golden_x2ap__endc():
    """A base station of LTE and one of 5G that helps it: which is which stands
    in the message, whoever begins. Updates, and a failure, which both may
    send."""
    lte = field(21, enb_id('262-01', MACRO, 0x12345), REJECT)
    new = field(252, en_gnb_id('262-01', 0xabcdef, 24), REJECT)
    return [x2(ENB, ENB2, message(START, 36, field(244, endc(0, lte),
                                                   REJECT))),
            x2(ENB2, ENB, message(SUCCESS, 36, field(246, endc(1, new),
                                                     REJECT))),
            x2(ENB3, ENB, message(START, 36, field(244, endc(1, field(
                252, en_gnb_id('310-410', 0x3fffff, 22), REJECT)), REJECT))),
            x2(ENB, ENB3, message(SUCCESS, 36, field(246, endc(0, lte),
                                                     REJECT))),
            x2(ENB2, ENB, message(START, 37, field(245, endc(1), REJECT))),
            x2(ENB, ENB2, message(SUCCESS, 37, field(247, endc(0), REJECT))),
            x2(ENB, ENB3, message(FAILURE, 36, field(5, cause(4))))]


def golden_x2ap__silent():
    """A reset, its answer, an error and a subscriber's handover, which say
    nothing; a private message; a kind of node that is none yet, and a node
    that is cut within its kind."""
    cut = endc(1, field(252, en_gnb_id('262-01', 1, 32), REJECT)).done()
    return [x2(ENB, ENB2, message(START, 7, field(5, cause(4)))),
            x2(ENB2, ENB, message(SUCCESS, 7)),
            x2(ENB, ENB2, message(START, 3, field(5, cause(4)))),
            x2(ENB, ENB2, message(START, 2, field(10, Aper().whole(
                7, 0, 4095), REJECT), field(9, Aper().whole(8, 0, 4095),
                                            REJECT))),
            x2(ENB, ENB2, private(11, ('1.3.6.1.4.1.94.7', b'\x01'))),
            x2(ENB2, ENB, message(START, 36, field(
                244, Aper().choice(2, 2, True).octets(bytes(3)), REJECT))),
            x2(ENB2, ENB, message(START, 36, field(244, cut[:-3], REJECT)))]


# ---------------------------------------------------------------------- XnAP

def xn(src, dst, *messages):
    return sctp(src, dst, 38422, 61, *messages)


def xn_node(kind, *node):
    a = Aper().choice(kind, 3)
    return gnb(a, *node) if kind == 0 else ng_enb(a, *node)


def xn_areas(*areas):
    return ng_tas(*areas, item=slice_)


def regions(network, region):
    """AMF-Region-Information: of nodes that are not the sender."""
    def write(a, item):
        a.sequence(None).octets(plmn(network), 3, 3)
        a.bit_string(region, 8, 8, 8)
    return Aper().each([1], 1, 16, write)


def golden_xnap__setup():
    """Xn Setup between gNBs, and between one and an ng-eNB; the areas with the
    networks and slices in each. The region of the AMFs is not the
    sender's."""
    return [xn(ENB, ENB2, message(
                START, 17, field(14, xn_node(0, '262-01', 0x123456, 22),
                                 REJECT),
                field(75, xn_areas((0x0a01, ('262-01', (1, None), (2, 5)))),
                      REJECT), field(4, regions('262-02', 0xca), REJECT))),
            xn(ENB2, ENB, message(
                SUCCESS, 17, field(14, xn_node(0, '262-01', 0xffffffff, 32),
                                   REJECT),
                field(75, xn_areas((0x0a02, ('262-01', (1, None)),
                                    ('262-02', (1, 1)))), REJECT))),
            xn(ENB3, ENB, message(
                START, 17, field(14, xn_node(1, '310-410', 0, 0x54321),
                                 REJECT),
                field(75, xn_areas((3, ('310-410', (1, None)))), REJECT))),
            xn(ENB, ENB3, message(FAILURE, 17, field(5, cause(5, 0, False))))]


def golden_xnap__update():
    """Updates, whose sender's kind stands in them, and in their answers the
    other way round; a removal; a reset and an error, which any node of an
    access network may send, and a private message. A handover's message
    says nothing here."""
    empty = Aper().sequence(None, None)
    return [xn(ENB, ENB2, message(START, 18, field(9, container(
                [], a=Aper().choice(0, 3))))),
            xn(ENB2, ENB, message(SUCCESS, 18, field(
                58, Aper().choice(0, 3).sequence(None)))),
            xn(ENB3, ENB, message(START, 18, field(9, container(
                [], a=Aper().choice(1, 3))))),
            xn(ENB, ENB3, message(SUCCESS, 18, field(
                58, Aper().choice(1, 3).bits(0, 3)))),
            xn(ENB, ENB2, message(FAILURE, 18, field(5, cause(5, 0, False)))),
            xn(ENB, ENB2, message(START, 16, field(
                14, xn_node(0, '234-15', 5, 28), REJECT))),
            xn(ENB, ENB2, message(START, 20, field(
                56, Aper().choice(0, 3).sequence(None), REJECT),
                field(5, cause(5, 0, False)))),
            xn(ENB, ENB2, message(START, 21, field(5, cause(5, 0, False)))),
            xn(ENB, ENB2, private(22, ('1.3.6.1.4.1.193.9', b'\x01'))),
            xn(ENB, ENB2, message(START, 2, field(5, cause(5, 0, False))))]


def golden_xnap__broken():
    """An identifier that ends within itself, and areas that end within theirs:
    a message that is not whole does not say what its sender would have been.
    A kind of node that is none yet."""
    node = xn_node(0, '262-01', 0x123456, 22)
    areas = xn_areas((0x0a01, ('262-01', (1, None), (2, 5)))).done()
    return [xn(ENB, ENB2, message(START, 17, field(14, node.done()[:5]))),
            xn(ENB, ENB2, message(START, 17, field(75, areas[:9]))),
            xn(ENB, ENB2, message(START, 17, field(14, Aper().choice(
                2, 3).whole(999, 0, 65535).choice(0, 3).octets(b'\x00')))),
            xn(ENB, ENB2, message(START, 17, field(14, node)))]


# ---------------------------------------------------------------------- F1AP

def f1(src, dst, *messages):
    return sctp(src, dst, 38472, 62, *messages)


def f1_message(outcome, procedure, *fields):
    return message(outcome, procedure, field(78, Aper().bits(0, 1).whole(
        fields[0] if fields and isinstance(fields[0], int) else 1, 0, 255),
        REJECT), *[f for f in fields if not isinstance(f, int)], four=True)


def rrc(*version):
    """RRC-Version, not extensible, with what replaced its three bits or
    without."""
    a = Aper().bits(bool(version), 1).bits(0, 3)
    if version:
        container([field(199, Aper().octets(bytes(version), 3, 3))], 1, 65535,
                  a)
    return a


def f1_cells(*cells, item=43):
    """Served cells: network, cell, 5G area or none, 4G area or none, networks
    of it."""
    def cell(network, number, tac, eps, networks):
        a = Aper().sequence(None, None)
        a.sequence(tac is not None, eps is not None, None)
        a.sequence(None).octets(plmn(network), 3, 3)
        a.bit_string(number, 36, 36, 36).whole(5, 0, 1007)
        if tac is not None:
            a.octets(tac.to_bytes(3, 'big'), 3, 3)
        if eps is not None:
            a.octets(u16(eps), 2, 2)

        def served(a, one):
            a.sequence(True).octets(plmn(one), 3, 3)
            container([field(131, Aper().each([(1, 7)], 1, 1024, slice_item))],
                      1, 65535, a)
        a.each(networks, 1, 6, served)
        a.choice(1, 3)  # TDD
        a.sequence(None)
        a.sequence(None, None).whole(632628, 0, 3279165)
        a.each([78], 1, 32, band)
        a.sequence(None).choice(1, 4, True).choice(28, 29, True)
        return a.octets(hx('00'))

    def band(a, number):
        a.sequence(None).bits(0, 1).whole(number, 1, 1024)
        a.length(0, 0, 32)

    def write(a, one):
        write_field(a, field(item, cell(*one), REJECT))
    return Aper().each(cells, 1, 512, write)


def golden_f1ap__setup():
    """F1 Setup of three distributed units, asked and answered: with cells of
    one and of two networks, in an area or in none; with and without the
    version of RRC; names in the form that came later."""
    return [f1(ENB, MME, f1_message(
                START, 1, 1, field(42, u36(1), REJECT),
                field(45, name('DU-BER-0001')),
                field(44, f1_cells(('262-01', 0x123456001, 0x0a01, 0x1001,
                                    ['262-01'])), REJECT),
                field(171, rrc(15, 6, 0), REJECT))),
            f1(MME, ENB, f1_message(SUCCESS, 1, 1, field(82, name('CU-BER-1')),
                                    field(170, rrc(16, 4, 1), REJECT))),
            f1(ENB2, MME2, f1_message(
                START, 1, 2, field(42, u36(0xabcdef012), REJECT),
                field(45, name('du two')), field(44, f1_cells(
                    ('310-410', 1, 0x0b01, None, ['310-410', '311-180']),
                    ('310-410', 2, None, None, ['310-410'])), REJECT),
                field(171, rrc(), REJECT),
                field(426, extended_name('du two', 'DU \u4e8c')))),
            f1(MME2, ENB2, f1_message(
                SUCCESS, 1, 2, field(82, name('cu two')),
                field(170, rrc(15, 5, 1), REJECT),
                field(427, extended_name(None, 'CU \u4e8c')))),
            f1(ENB3, MME3, f1_message(
                START, 1, 3, field(42, u36(300), REJECT),
                field(45, name('D3')), field(171, rrc(15, 3, 0), REJECT))),
            f1(MME3, ENB3, f1_message(FAILURE, 1, 3, field(
                0, cause(5, 0, False))))]


def golden_f1ap__update():
    """Updates of either unit's configuration and their outcomes; a cell that
    is new; names that changed."""
    return [f1(ENB, MME, f1_message(
                START, 3, 4, field(58, f1_cells(
                    ('262-01', 0x123456002, 0x0a02, None, ['262-01']),
                    item=57), REJECT), field(42, u36(1), REJECT),
                field(45, name('DU-BER-0001-B')))),
            f1(MME, ENB, f1_message(SUCCESS, 3, 4)),
            f1(MME, ENB, f1_message(FAILURE, 3, 5, field(
                0, cause(5, 0, False)))),
            f1(MME2, ENB2, f1_message(START, 4, 6, field(
                82, name('cu two renamed')))),
            f1(ENB2, MME2, f1_message(SUCCESS, 4, 6)),
            f1(ENB3, MME3, f1_message(FAILURE, 4, 7, field(
                0, cause(5, 0, False))))]


def golden_f1ap__silent():
    """What both units may send says nothing: a reset and its answer, an error,
    a removal. A subscriber's message neither. A private message; cells that
    end within one, and a number that is longer than it may be, with a name
    behind each."""
    cells = f1_cells(('262-01', 3, 0x0a03, None, ['262-01', '262-02'])).done()
    cell = Aper().length(1, 1, 512)
    write_field(cell, field(43, f1_cells(
        ('262-01', 3, 0x0a03, None, ['262-01', '262-02'])).done()[7:24]))
    return [f1(ENB, MME, f1_message(START, 0, 1, field(0, cause(5, 0, False)),
                                    field(48, Aper().choice(0, 3)
                                          .choice(0, 1, True), REJECT))),
            f1(MME, ENB, f1_message(SUCCESS, 0, 1)),
            f1(MME, ENB, f1_message(START, 2, 2, field(
                0, cause(5, 0, False)))),
            f1(ENB, MME, f1_message(START, 26, 3)),
            f1(ENB, MME, message(START, 13, field(40, Aper().whole(
                5, 0, 2**32 - 1), REJECT), four=True)),
            f1(ENB, MME, private(14, ('1.3.6.1.4.1.2011.5', b'\x01'),
                                 four=True)),
            f1(ENB, MME, f1_message(START, 1, 4, field(44, cells[:-14]),
                                    field(45, name('cut-1')))),
            f1(ENB, MME, f1_message(START, 1, 5, field(44, cell),
                                    field(45, name('cut-2')))),
            f1(ENB, MME, f1_message(START, 1, 6, field(
                42, hx('e0 01 02 03')), field(45, name('cut-3'))))]


# ---------------------------------------------------------------------- E1AP

def e1(src, dst, *messages):
    return sctp(src, dst, 38462, 64, *messages)


def e1_message(outcome, procedure, number, *fields):
    return message(outcome, procedure, field(57, Aper().bits(0, 1).whole(
        number, 0, 255), REJECT), *fields)


def e1_plmns(*networks):
    """SupportedPLMNs-List: a network, and slices or none, whose items are not
    extensible."""
    def item(a, what):
        a.bits(0, 1)
        slice_(a, what)

    def write(a, one):
        network, *slices = one
        a.sequence(slices, None, None, None).octets(plmn(network), 3, 3)
        if slices:
            a.each(slices, 1, 1024, item)
    return Aper().each(networks, 1, 12, write)


def e1_up(number, text, networks, capacity):
    return [field(7, u36(number), REJECT), field(8, name(text)),
            field(10, Aper().choice(1, 3, True), REJECT),
            field(11, networks, REJECT), field(64, octet(capacity))]


def golden_e1ap__setup():
    """E1 Setup that the user plane begins, and that the control plane begins;
    with names in the form that came later, and networks with and without
    slices; one that fails."""
    return [e1(ENB, MME, e1_message(START, 3, 1, *e1_up(
                1, 'CU-UP-1', e1_plmns(('262-01', (1, None), (2, 7)),
                                       ('262-02',)), 100))),
            e1(MME, ENB, e1_message(SUCCESS, 3, 1, field(9, name('CU-CP-1')))),
            e1(MME2, ENB2, e1_message(
                START, 4, 2, field(9, name('cu-cp two')),
                field(129, extended_name('cu-cp two', 'CU-CP \u4e8c')))),
            e1(ENB2, MME2, e1_message(
                SUCCESS, 4, 2, *e1_up(0xfffffffff, 'cu-up two',
                                      e1_plmns(('310-410',)), 255),
                field(130, extended_name(None, 'CU-UP \u4e8c')))),
            e1(MME3, ENB3, e1_message(START, 4, 3, field(9, name('C3')))),
            e1(ENB3, MME3, e1_message(FAILURE, 4, 3, field(
                0, cause(4, 0, False)))),
            e1(ENB3, MME3, e1_message(START, 3, 4, *e1_up(
                77, 'U3', e1_plmns(('234-15',)), 0))),
            e1(MME3, ENB3, e1_message(FAILURE, 3, 4, field(
                0, cause(4, 0, False))))]


def golden_e1ap__update():
    """Updates of either plane and their outcomes; what both may send says
    nothing: a reset and its answer, an error, a release, nor a subscriber's
    message; a private message."""
    return [e1(ENB, MME, e1_message(START, 5, 5, field(7, u36(1), REJECT),
                                    field(8, name('CU-UP-1-B')))),
            e1(MME, ENB, e1_message(SUCCESS, 5, 5)),
            e1(MME, ENB, e1_message(FAILURE, 5, 6, field(
                0, cause(4, 0, False)))),
            e1(MME2, ENB2, e1_message(START, 6, 7, field(
                9, name('cu-cp renamed')))),
            e1(ENB2, MME2, e1_message(SUCCESS, 6, 7)),
            e1(ENB2, MME2, e1_message(FAILURE, 6, 8, field(
                0, cause(4, 0, False)))),
            e1(ENB, MME, e1_message(START, 0, 9, field(0, cause(4, 0, False)),
                                    field(4, Aper().choice(0, 3)
                                          .choice(0, 1, True), REJECT))),
            e1(MME, ENB, e1_message(SUCCESS, 0, 9)),
            e1(MME, ENB, e1_message(START, 1, 10, field(
                0, cause(4, 0, False)))),
            e1(MME, ENB, e1_message(START, 7, 11, field(
                0, cause(4, 0, False)))),
            e1(MME, ENB, message(START, 11, field(2, Aper().whole(
                5, 0, 2**32 - 1), REJECT))),
            e1(ENB, MME, private(2, ('1.3.6.1.4.1.193.1', b'\x01')))]


def golden_e1ap__broken():
    """Networks that end within one, a capacity without its octet, a name that
    is longer than its element; names behind them are kept. A network with
    cells, behind which no other is read."""
    def write(a, network):
        a.sequence(None, True, None, None).octets(plmn(network), 3, 3)
        a.each([1], 1, 512, cell)

    def cell(a, one):
        a.sequence(None).sequence(None).octets(plmn('262-01'), 3, 3)
        a.bit_string(1, 36, 36, 36)
    cells = Aper().each(['262-03', '262-04'], 1, 12, write)
    plain = e1_plmns(('262-01',), ('262-02',)).done()
    return [e1(ENB, MME, e1_message(START, 3, 1, field(11, plain[:-2]),
                                    field(8, name('cut-1')))),
            e1(ENB, MME, e1_message(START, 3, 2, field(64, b''),
                                    field(8, name('cut-2')))),
            e1(ENB, MME, e1_message(START, 3, 3, field(
                8, name('too long').done()[:-1]), field(
                130, extended_name('cut-3')))),
            e1(ENB, MME, e1_message(START, 3, 4, field(11, cells),
                                    field(8, name('whole'))))]
