#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""big_operator.py DIR [DEVICES] [NODES]: a large fictitious operator, as the
folder that `nameplate audit` takes: 100,000 boxes at 2,000 sites in six
countries by default, 20,000 of them in a network whose links their tables of
neighbours tell. All is generated and constructed: nobody's network, and the same
octets for the same numbers.

What a box says comes by LLDP and who is joined to whom by IS-IS, a capture a
site; what it is for, by an inventory.
"""
import os
import random
import struct
import sys

T0 = 1795424400  # 2026-11-23T09:00:00Z
SITES = 2000
# country, share, the box that sites lie in (south, north, west, east)
COUNTRIES = (
    ('DE', 30, (48.0, 53.5, 7.5, 13.5)), ('GB', 22, (51.3, 54.5, -3.0, -0.2)),
    ('US', 20, (34.0, 46.0, -118.0, -80.0)), ('IT', 14, (44.2, 45.9, 8.0, 12.0)),
    ('JP', 10, (35.2, 37.5, 137.2, 139.8)), ('FR', 4, (44.5, 49.0, 0.5, 5.5)))
# OUI, what it calls itself, weight, function, models, versions
KINDS = (
    ('00e0fc', 'Huawei Versatile Routing Platform Software VRP (R) software, '
     'Version 5.170 ({m} {v}) HUAWEI {m}', 9, 'transport/switch',
     ('S5720-28P-SI-AC', 'S5735-L24T4X-A', 'S6730-H48X6C', 'S12708'),
     ('V200R010C00SPC600', 'V200R019C10SPC500', 'V200R022C00SPC100')),
    ('001882', 'Huawei Versatile Routing Platform Software VRP (R) software, '
     'Version 8.210 ({m} {v}) HUAWEI {m}', 6, 'transport/router',
     ('NetEngine 8000 M8', 'NE40E-X8A', 'ATN 910C-K'),
     ('V800R012C10SPC300', 'V800R021C10SPC600')),
    ('00d0d0', 'ZTE Ethernet Switch  ZXR10 {m}, Version: {v}', 3,
     'transport/switch', ('5250-52TM-H', '5960-32DL', '2852S'),
     ('V2.05.11B23', 'V3.03.10.B30P11')),
    ('00d0d0', 'ZXR10 ROS Version {v} ZXPON {m} Software, Copyright (c) ZTE '
     'Corporation', 2, 'access/olt', ('C320', 'C300', 'C600'),
     ('V4.6.02A', 'V2.1.0')),
    ('00175a', 'Cisco IOS Software, {m} Software ({m}-UNIVERSALK9-M), Version '
     '{v}, RELEASE SOFTWARE (fc1)', 30, 'transport/switch',
     ('C2960S', 'C3750E', 'ASR1000'), ('12.2(55)SE7', '15.2(4)E8')),
    ('000585', 'Juniper Networks, Inc. {m} internet router, kernel JUNOS {v}',
     20, 'transport/router', ('mx480', 'mx204', 'ptx1000'),
     ('18.4R3', '21.2R3-S2')),
    ('00d0f6', 'TiMOS-C-{v} cpm/hops64 Nokia 7750 {m} Copyright (c) 2000-2022 '
     'Nokia. All rights reserved.', 18, 'transport/router',
     ('SR-7', 'SR-1', 'SR-a8'), ('20.10.R5', '22.7.R1')),
    ('4c5e0c', 'MikroTik RouterOS {v} (stable) {m}', 8, 'access/cpe',
     ('CCR1036-8G-2S+', 'RB1100AHx4'), ('6.49.10', '7.11.2')),
    ('020000', 'edge node {m}', 4, '', ('a1', 'b2'), ('1', '2')),
)
AREAS = ('Ash', 'Birch', 'Cedar', 'Dun', 'Elm', 'Fern', 'Gorse', 'Hazel', 'Iris',
         'Juniper', 'Kelp', 'Lark', 'Moss', 'Nettle', 'Oak', 'Pine')
ENDS = ('ford', 'bridge', 'field', 'mere', 'ridge', 'well', 'combe', 'stead')


def tlv(kind, value):
    return struct.pack('>H', kind << 9 | len(value)) + value


class Site:
    def __init__(self, rng, n, country, area):
        self.country, self.id = country, f'{country}-{n:04d}'
        self.name = f'{rng.choice(AREAS)}{rng.choice(ENDS)} {n}'
        south, north, west, east = area
        self.latitude = south + (north - south) * rng.random()
        self.longitude = west + (east - west) * rng.random()


class Box:
    def __init__(self, rng, i, kinds, site):
        self.i, self.kind, self.site = i, kinds, site
        oui, descr, _, self.function, models, versions = kinds
        self.mac = bytes.fromhex(oui) + i.to_bytes(3, 'big')
        self.name = f'{site.id}-N{i:06d}'
        self.descr = descr.format(m=rng.choice(models), v=rng.choice(versions))
        self.serial = f'21{i:010d}'
        self.ip = bytes((10, i >> 16 & 255, i >> 8 & 255, i & 255))
        self.obtained = f'{rng.randint(2012, 2024)}-{rng.randint(1, 12):02d}-15'
        self.generation = rng.choice(('4G', '5G')) if i % 3 == 0 else ''
        self.near = []

    def hellos(self):
        """ISO/IEC 10589, 9.7, one a neighbour, with RFC 5303's adjacency."""
        for at, far, there in self.near:
            up = struct.pack('>BBBI6sI', 240, 15, 0, at, far.mac, there)
            pdu = (b'\x83\x14\x01\0\x11\x01\0\0\x02' + self.mac
                   + struct.pack('>HHB', 30, 20 + len(up), at & 255) + up)
            yield (b'\x09\0\x2b\0\0\x05' + self.mac
                   + struct.pack('>H', 3 + len(pdu)) + b'\xfe\xfe\x03' + pdu)

    def lldp(self):
        name = self.name.encode()
        return (b'\x01\x80\xc2\x00\x00\x0e' + self.mac + b'\x88\xcc'
                + tlv(1, b'\x04' + self.mac) + tlv(2, b'\x05GE0/0/1')
                + tlv(3, b'\0\x78') + tlv(5, name) + tlv(6, self.descr.encode())
                + tlv(8, b'\x05\x01' + self.ip + b'\x02\0\0\0\x01\0')
                + tlv(127, b'\0\x12\xbb\x08' + self.serial.encode())
                + tlv(0, b''))


def sites_of(rng):
    got = []
    for country, share, area in COUNTRIES:
        got += [Site(rng, n, country, area)
                for n in range(1, SITES * share // 100 + 1)]
    return got


def boxes_of(rng, sites, n):
    kinds = rng.choices(KINDS, [k[2] for k in KINDS], k=n)
    # So that a site is of few makers, as real ones are.
    return [Box(rng, i + 1, kinds[i], sites[i * len(sites) // n])
            for i in range(n)]


def join(rng, nodes):
    """A core in a ring, the rest on what came before, near more often; a third
    has a second way out."""
    port = [0] * len(nodes)

    def link(a, b):
        port[a] += 1
        port[b] += 1
        nodes[a].near.append((port[a], nodes[b], port[b]))
        nodes[b].near.append((port[b], nodes[a], port[a]))

    ring = max(3, min(40, len(nodes)))
    for i in range(1, len(nodes)):
        link(i, i - 1 if i < ring else max(0, i // 6))
        if i == ring - 1:
            link(i, 0)
        elif i > ring and i % 3 == 0:
            link(i, rng.randrange(max(0, i // 6 - 30), i // 6 + 1))


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8', newline='') as f:
        f.write(text)


def write_capture(folder, site, boxes):
    write(os.path.join(folder, 'capture.yaml'),
          f'site: {site.id}\norigin: constructed\ntaken: 2026-11-23\n')
    with open(os.path.join(folder, 'site.pcap'), 'wb') as f:
        f.write(struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
        for k, b in enumerate(boxes):
            for x in (b.lldp(), *b.hellos()):
                f.write(struct.pack('<IIII', T0 + k, 0, len(x), len(x)) + x)


def write_party(folder, sites, boxes):
    write(os.path.join(folder, 'operator.yaml'), '''# Generated by bench/big_operator.py; every name is invented.
operator: {name: Farthingale Telecom}
infrastructure: [10.0.0.0/8]
party:
  DE: {contracts_2024_party: true}
  IT: {5g_operator: true}
  JP: {designated_provider: true, government_body: false}
  GB: {designated_vendor_direction_provider: true}
  US: {subsidy_recipient: true, reimbursement_recipient: true, federal_contractor: false}
''')
    rows = ['site,name,country,latitude,longitude']
    rows += [f'{s.id},{s.name},{s.country},{s.latitude:.5f},{s.longitude:.5f}'
             for s in sites]
    write(os.path.join(folder, 'sites.csv'), '\n'.join(rows) + '\n')
    rows = ['device,site,name,mac,serial,function,radio_generation,obtained']
    rows += [f'B{b.i},{b.site.id},{b.name},{b.mac.hex(":")},{b.serial},'
             f'{b.function},{b.generation},{b.obtained}' for b in boxes]
    write(os.path.join(folder, 'inventory.csv'), '\n'.join(rows) + '\n')


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith('-'):
        print(__doc__.strip())
        sys.exit(0 if sys.argv[1:] in (['-h'], ['--help']) else 2)
    folder = sys.argv[1]
    n = int(sys.argv[2]) if len(sys.argv) > 2 else 100000
    m = int(sys.argv[3]) if len(sys.argv) > 3 else n // 5
    rng = random.Random(7)
    sites = sites_of(rng)
    boxes = boxes_of(rng, sites, n)
    nodes = boxes[::max(1, n // m)][:m] if m else []
    join(rng, nodes)
    write_party(folder, sites, boxes)
    by = {s.id: [] for s in sites}
    for b in boxes:
        by[b.site.id].append(b)
    for site in sites:
        at = os.path.join(folder, site.country, site.id)
        write_capture(at, site, by[site.id])


if __name__ == '__main__':
    main()
