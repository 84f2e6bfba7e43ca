#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""The demonstration operator as a test: what is said of each of its boxes on
2026-11-23: by what was heard, and by what its inventory states (generation, day
obtained, what a manager manages). demo.py NAMEPLATE ROOT.

A row whose protocols are not all read yet is skipped, and says which.
"""
import collections
import functools

from tap import DAY, OPERATOR, holds, lacks, main, run, same, scratched, tests

AUDIT = run('audit', OPERATOR, '--json', '--as-of', DAY).exits(0).json()
PROTOCOLS = {x.split()[0] for x in run('protocols').out.split('\n') if x}
NAMED = {'huawei', 'zte', 'hytera', 'hikvision', 'dahua'}

LABEL, SECONDARY = 'maker', 'in scope (text not read)'
DE24, GB22 = 'de-5g-contracts-2024/', 'gb-vendor-direction-2022/'
SNA, COVERED = 'us-sna-2020/', 'us-fcc-covered-list/'
USF = 'us-fcc-usf-2020/support'
INTRODUCED = ('obtained after 2024-05-17?; specified critical facility; '
              'plan filed and screened')

# row, site, its address, verdicts, maker, function, protocols that tell,
# findings: clause -> (status, date, days, what is missing); a clause that ends
# in * stands for all of an instrument.
TABLE = [
    ('D01', 'DE-1', '44:f4:36:1d:00:01', ('confirmed',), 'zte', 'core/amf',
     'ssh sba', {DE24 + 'core': ('in scope', '2026-12-31', 38, None)}),
    ('D02', 'DE-1', '00:25:9e:71:20:02', ('confirmed',), 'huawei', 'core/upf',
     'snmp pfcp', {DE24 + 'core': ('in scope', '2026-12-31', 38, None)}),
    ('D03', 'DE-1', '00:18:82:5a:0e:01', ('confirmed',), 'huawei',
     'transport/router', 'snmp lldp',
     {DE24 + 'management': ('undetermined', '2029-12-31', 1134,
                            'critical management function on it'),
      DE24 + 'core': ('not in scope', None, None, None)}),
    ('D04', 'DE-1', '28:6e:d4:49:04:01', ('confirmed',), 'huawei',
     'management/ems', 'giop',
     {DE24 + 'management-system': ('in scope', '2029-12-31', 1134, None),
      DE24 + 'core': ('not in scope', None, None, None)}),
    ('D05', 'DE-1', '28:6e:d4:49:05:01', ('confirmed',), 'huawei', 'ran/gnb',
     'ngap cmp', {DE24 + 'management': ('exempt', None, None, None)}),
    ('D06', 'DE-1', '04:4e:06:2b:07:01', ('possible',), 'ericsson', 'ran/gnb',
     'ptp ngap', {}),
    ('I01', 'IT-1', '28:6e:d4:39:01:01', ('confirmed',), 'huawei', 'ran/gnb',
     'ngap cmp',
     {'it-golden-power-5g/plan': ('undetermined', None, None,
                                  'in the notified yearly plan; '
                                  'prescriptions kept')}),
    ('I02', 'IT-1', 'PIE-OLT-02', ('confirmed',), 'zte', 'access/olt',
     'snmp lacp',
     {'it-golden-power-5g/plan': ('not in scope', None, None, None),
      'it-perimeter/supply': ('undetermined', None, None,
                              'in the perimeter; supply reported')}),
    ('J01', 'JP-1', '00:00:0e:4d:11:07', ('confirmed',), 'fujitsu', 'ran/o-ru',
     'dhcp', {}),
    ('J02', 'JP-1', '28:6e:d4:0b:77:20', ('confirmed',), 'huawei',
     'transport/switch', 'snmp lldp',
     {'jp-procurement-2018/procurement': ('not bound', None, None, None),
      'jp-espa-2022/screening': ('undetermined', None, None, INTRODUCED)}),
    ('J03', 'JP-1', 'KZM-SW-09', ('confirmed',), 'h3c', None,
     'snmp lacp ssh radius', {}),
    ('G01', 'GB-2', '00:25:9e:71:44:01', ('confirmed',), 'huawei', 'core/mme',
     'snmp s1ap gtp',
     {GB22 + 'core': (SECONDARY, '2023-12-31', -1058, None),
      GB22 + 'sites': (SECONDARY, '2023-01-28', -1395, None)}),
    ('G02', 'GB-1', '00:e0:fc:42:07:01', ('confirmed',), 'huawei', 'ran/gnb',
     'lad ngap cmp', {GB22 + '5g': (SECONDARY, '2027-12-31', 403, None)}),
    ('G03', 'GB-1', '00:e0:fc:33:58:00', ('confirmed',), 'huawei',
     'access/olt', 'snmp dhcpv6',
     {GB22 + 'full-fibre': ('undetermined', '2023-10-31', -1119,
                            'share over 35?'),
      GB22 + '5g': ('not in scope', None, None, None)}),
    ('G04', 'GB-1', 'ELL-SW-04', ('confirmed',), 'zte', None,
     'snmp lacp', {GB22 + '*': ('not in scope', None, None, None)}),
    ('GI1', 'GI-1', '00:18:82:5a:0e:31', ('confirmed',), 'huawei',
     'transport/router', 'snmp lldp',
     {None: ('no rule on file', None, None, None)}),
    ('U01', 'US-1', '00:e0:fc:62:01:01', ('confirmed',), 'huawei', 'ran/enb',
     'snmp s1ap',
     {SNA + 'report': ('in scope', '2027-03-31', 128, None),
      SNA + 'reimbursement': (SECONDARY, None, None, None),
      SNA + 'remove': ('undetermined', None, None,
                       "the recipient's own term"),
      USF: (SECONDARY, None, None, None)}),
    ('U02', 'US-1', 'MRC-SW-02', ('confirmed',), 'zte', None,
     'snmp lacp',
     {SNA + 'report': ('in scope', '2027-03-31', 128, None),
      SNA + 'reimbursement': ('not in scope', None, None, None),
      USF: (SECONDARY, None, None, None)}),
    ('U03', 'US-1', '10.1.3.2', ('probable',), 'huawei', 'power', 'snmp',
     {USF: ('undetermined', None, None, LABEL),
      SNA + 'report': ('undetermined', '2027-03-31', 128, LABEL)}),
    ('U04', 'US-1', '00:17:5a:29:60:01', ('confirmed',), 'cisco', None,
     'snmp lldp cdp',
     {USF: ('not in scope', None, None, None)}),
    ('U05', 'US-1', '44:19:b6:0c:05:01', ('confirmed',), 'hikvision', 'camera',
     'snmp',
     {COVERED + '2021-03-12-video': ('undetermined', None, None,
                                     'used for security purposes'),
      SNA + 'report-video': ('undetermined', '2027-03-31', 128,
                             'used for security purposes; '
                             'obtained after 2018-08-13?')}),
    ('U06', 'US-1', '02:42:0a:01:06:01', ('possible',), 'huawei', None,
     'lldp ssh',
     {'us-*': ('undetermined', None, None, LABEL)}),
    ('U07', 'US-1', '00:17:3b:70:07:01', ('confirmed', 'probable', 'possible'),
     'cisco', None, 'snmp radius', {}),
]

# What the traffic proves that a row's box is, on which interface.
ROLES = {'D01': ('AMF', 'Namf'), 'D02': ('UPF', 'N4'), 'D04': ('EMS', 'CORBA'),
         'D05': ('gNB', 'N2'), 'D06': ('gNB', 'N2'), 'I01': ('gNB', 'N2'),
         'G01': ('MME', 'S1-MME'), 'G02': ('gNB', 'N2'),
         'U01': ('eNB', 'S1-MME')}

# The same boxes under the law of other days: of a row or of everybody, what is
# found, the date and the days to it.
IT19, IN = 'it-golden-power-5g/contracts', 'in scope'
DAYS = [
    ('2019-03-26', 'I01', IT19, 'undetermined', None, None),
    ('2020-06-30', 'U01', USF, SECONDARY, None, None),
    ('2021-03-12', 'U01', COVERED + '2021-03-12-telecom', 'not bound',
     '2021-05-11', 60),
    ('2021-03-12', 'U02', COVERED + '2021-03-12-telecom', 'not bound',
     '2021-05-11', 60),
    ('2021-07-13', 'U01', SNA + 'reimbursement', SECONDARY, None, None),
    ('2021-07-13', 'U02', SNA + 'reimbursement', 'not in scope', None, None),
    ('2022-05-05', 'U01', SNA + 'report', IN, '2023-03-31', 330),
    ('2022-05-05', 'U02', SNA + 'report', IN, '2023-03-31', 330),
    ('2022-10-13', 'G02', GB22 + '5g', SECONDARY, '2027-12-31', 1905),
    ('2022-10-13', 'G02', GB22 + '5g-new', 'undetermined', None, None),
    ('2024-05-17', 'J02', 'jp-espa-2022/screening', 'undetermined', None,
     None),
    ('2024-07-11', 'D01', DE24 + 'core', IN, '2026-12-31', 903),
    ('2024-07-11', 'D02', DE24 + 'core', IN, '2026-12-31', 903),
    ('2024-07-11', 'D03', DE24 + 'management', 'undetermined', '2029-12-31',
     1999),
    ('2024-07-11', 'D04', DE24 + 'management-system', IN, '2029-12-31', 1999),
    ('2024-07-11', 'D05', DE24 + 'management', 'exempt', None, None),
    ('2026-12-31', 'D01', DE24 + 'core', IN, '2026-12-31', 0),
    ('2026-12-31', 'D02', DE24 + 'core', IN, '2026-12-31', 0),
    ('2027-01-01', 'D01', DE24 + 'core', IN, '2026-12-31', -1),
    ('2027-01-01', 'D02', DE24 + 'core', IN, '2026-12-31', -1),
    ('2027-12-31', 'G02', GB22 + '5g', SECONDARY, '2027-12-31', 0),
    ('2028-01-01', 'G02', GB22 + '5g', SECONDARY, '2027-12-31', -1),
    ('2029-12-31', 'D04', DE24 + 'management-system', IN, '2029-12-31', 0),
    ('2030-01-01', 'D04', DE24 + 'management-system', IN, '2029-12-31', -1),
]


def box(site, key):
    at = [d for d in AUDIT['devices'] if d['site'] == site and
          key in sum((d['keys'].get(k, []) for k in ('mac', 'ip', 'name')),
                     [])]
    assert len(at) == 1, f'{len(at)} devices at {site} are {key}'
    return at[0]


def findings(d, part=False, audit=AUDIT):
    return {f['clause']: f for f in audit['findings']
            if f['device'] == d['id'] and f['component'] == part and
            not f['elsewhere']}


def check_finding(f, want):
    status, date, days, missing = want
    same(f['status'], status, f"{f['clause']}: status")
    if status != 'undetermined' or date:
        same((f['date'], f['days']), (date, days), f"{f['clause']}: date")
    if missing or status != 'undetermined':
        same(f['missing'], missing, f"{f['clause']}: what is missing")


def check_row(row):
    name, site, key, verdicts, maker, function, _, want = row
    d = box(site, key)
    assert d['verdict'] in verdicts, f"{name}: {d['verdict']} {d['maker']}"
    same(d['maker'], maker, f'{name}: maker')
    same(d['origin'] in ('laboratory', 'constructed'), True, 'origin')
    if function:
        assert d['function'] and (d['function'] + '/').startswith(
            function + '/'), f"{name}: function {d['function']}"
    if name in ROLES:
        roles = {(r['role'], r['interface']) for r in d['roles']}
        assert ROLES[name] in roles, f'{name}: roles {roles}'
    got = findings(d)
    for clause, expected in want.items():
        if clause and clause.endswith('*'):
            some = [f for c, f in got.items()
                    if c and c.startswith(clause[:-1])]
            assert some, f'{name}: no finding of {clause}'
        else:
            assert clause in got, f'{name}: no finding {clause}'
            some = [got[clause]]
        for f in some:
            check_finding(f, expected)
    if not want:
        same({c: f['status'] for c, f in got.items()}, {}, f'{name}: findings')


def row_test(row):
    missing = sorted(set(row[6].split()) - PROTOCOLS)
    name = f'{row[0]}: {row[3][0]} {row[4]}'

    def f():
        if not missing:
            check_row(row)
    f.__doc__ = name if not missing else \
        f'{name} # SKIP not read yet: {" ".join(missing)}'
    tests.append(f)


def needs(*protocols):
    """Decorator: a test that waits for protocols."""
    def wrap(f):
        missing = sorted(set(protocols) - PROTOCOLS)
        if missing:
            doc = f'{f.__doc__} # SKIP not read yet: {" ".join(missing)}'
            f = lambda: None
            f.__doc__ = doc
        tests.append(f)
        return f
    return wrap


for r in TABLE:
    row_test(r)


@functools.cache
def audit_on(day):
    return run('audit', OPERATOR, '--json', '--as-of', day).exits(0).json()


def day_test(day):
    def f():
        for _, name, clause, *want in (x for x in DAYS if x[0] == day):
            row = next(r for r in TABLE if r[0] == name)
            if not set(row[6].split()) <= PROTOCOLS:
                continue
            got = findings(box(*row[1:3]), audit=audit_on(day))
            assert clause in got, f'{name}: no finding {clause}'
            same([got[clause][k] for k in ('status', 'date', 'days')], want,
                 f'{name} {clause}')
    f.__doc__ = f'the law as of {day}'
    tests.append(f)


for _day in sorted({x[0] for x in DAYS}):
    day_test(_day)


@needs('snmp', 'sba')
def before():
    """the law as of 2018-11-23: a request and advice, which bind nobody"""
    audit = audit_on('2018-11-23')
    assert not [f['id'] for f in audit['findings']
                if f['status'].startswith('in scope')]
    asked = {d['site'] for d in audit['devices'] for f in audit['findings']
             if f['device'] == d['id'] and f['elsewhere'] and
             f['clause'] == 'us-request-2018/allies'}
    assert {'DE-1', 'IT-1', 'JP-1'} <= asked, asked
    row = next(r for r in TABLE if r[0] == 'U01')
    got = findings(box(*row[1:3]), audit=audit)
    same((got['us-ndaa-2019-889/a']['status'],
          got['us-ndaa-2019-889/a']['date']), ('not bound', '2019-08-13'),
         'section 889')
    same(got['us-hpsci-2012/providers']['status'], 'not bound', 'advice')
    assert not [c for c in got if c and c.startswith('gb-')]


@needs('sba', 'pfcp', 'giop', 'cmp', 's1ap', 'gtp')
def by_place():
    """the eight lines say what is in scope by place; nothing is unplaced"""
    line = run(OPERATOR, '--as-of', DAY).out.split('\n')[4]
    assert line.startswith('in scope    '), line
    holds(line, 'DE-1 3 (+1 undetermined), IT-1 0 (+2 undetermined)',
          'JP-1 0 (+1 undetermined)', 'US-1 2 (', 'unplaced 0')


@needs('giop', 'snmp', 's1ap', 'lacp')
def inventory():
    """what only the inventory tells is the reason, and is shown with its row"""
    for name, clause, reason in (
            ('D03', DE24 + 'management', 'generation: 5G'),
            ('D04', DE24 + 'management-system', 'manages_5g: yes'),
            ('U01', SNA + 'report', 'obtained: 2019-05-10'),
            ('U01', SNA + 'reimbursement', 'obtained: 2019-05-10'),
            ('U02', SNA + 'reimbursement', 'obtained: 2021-02-01')):
        row = next(r for r in TABLE if r[0] == name)
        d = box(*row[1:3])
        same(d['inventory']['label'], name, f'{name}: row')
        holds(findings(d)[clause]['because'], reason)


@needs('sba', 'pfcp', 'giop', 'cmp', 'gtp', 's1ap')
def totals():
    """11 Huawei and 4 ZTE confirmed as infrastructure, 1 probable"""
    count = collections.Counter((d['verdict'], d['maker'])
                                for d in AUDIT['devices']
                                if d['owner'] != 'subscriber')
    same((count['confirmed', 'huawei'], count['confirmed', 'zte']), (11, 4),
         'confirmed')
    same(sum(n for (v, _), n in count.items() if v == 'probable'), 1,
         'probable')
    of = {(r[4], box(*r[1:3])['id']) for r in TABLE
          if r[3] == ('confirmed',) and r[4] in ('huawei', 'zte')}
    same({(d['maker'], d['id']) for d in AUDIT['devices']
          if d['verdict'] == 'confirmed' and d['maker'] in ('huawei', 'zte')},
         of, 'the rows')


@needs('ptp', 'ngap')
def d06():
    """D06: letters in a name that its operator gave are no maker"""
    d = box('DE-1', '04:4e:06:2b:07:01')
    assert not [c for c in d['claims'] if c['maker'] == 'huawei']


@needs('snmp')
def g05():
    """G05: the answer is a box's on the path, not the server's"""
    d = [x for x in AUDIT['devices'] if x['middlebox'] == 'huawei']
    same(len(d), 1, 'boxes with one on the path')
    same((d[0]['maker'], d[0]['verdict']), (None, 'unknown'), 'the server')
    same(findings(d[0]), {}, 'findings')
    at = scratched('g05.dossier')
    run('audit', OPERATOR + '/GB-1', '-o', at, '--as-of', DAY).exits(0)
    holds(run('explain', at, d[0]['keys']['ip'][0]).exits(0).out,
          "compare this answer's TTL with that of its other answers")


@needs('dhcp')
def j04():
    """J04: a handset is counted, not listed"""
    page = run('audit', OPERATOR, '-l', '--as-of', DAY).out
    assert not [d for d in AUDIT['devices']
                if any(m.startswith('00:3d:e1')
                       for m in d['keys'].get('mac', []))]
    assert AUDIT['summary']['subscribers'] >= 1
    holds(page, "subscribers', counted: ", 'Huawei Device')
    lacks(page, '00:3d:e1', 'android')


CPE = "  subscribers', counted: "


@needs('cwmp')
def i03():
    """I03: forty subscribers' boxes are counted, and no serial number kept"""
    holds(run('audit', OPERATOR, '-l', '--as-of', DAY).out,
          CPE + '40 boxes, Huawei Technologies HG8245H (confirmed)')
    same([(m['verdict'], m['boxes']) for m in cpe() if m['maker'] == 'huawei'],
         [('confirmed', 40)], 'CPE of Huawei')
    same([d['id'] for d in AUDIT['devices']
          if any(x.startswith('100.64.') for x in d['keys'].get('ip', []))],
         [], 'listed')


@needs('cwmp')
def i04():
    """I04: whose a clone is stays disputed, and both sides are shown"""
    holds(run('audit', OPERATOR, '-l', '--as-of', DAY).out,
          CPE + '1 box, ZTE F660 (disputed with gesytec)')
    same([(m['verdict'], m['rival']) for m in cpe() if m['maker'] == 'zte'],
         [('disputed', 'gesytec')], 'CPE of ZTE')


def cpe():
    return next(r for r in AUDIT['roles'] if r['role'] == 'CPE')['makers']


@needs('snmp', 'lldp')
def u04():
    """U04: the module is a question, the box is not in scope"""
    d = box('US-1', '00:17:5a:29:60:01')
    same([c['verdict'] for c in d['components'] if c['maker'] == 'huawei'],
         ['possible'], 'components')
    part = findings(d, part=True)
    assert part
    for f in part.values():
        same((f['status'], f['missing']),
             ('undetermined', 'maker of the part'), f['clause'])


@needs('lldp', 'ssh')
def u06():
    """U06: the contradiction is shown, and it is never in scope"""
    d = box('US-1', '02:42:0a:01:06:01')
    fields = {c['field'] for c in d['contradictions']}
    assert 'ssh.ident' in fields, fields
    assert all(f['status'] == 'undetermined'
               for f in findings(d).values())


@needs('snmp', 'radius')
def u07():
    """U07: who asks for Huawei's objects is not Huawei's"""
    asked = {s['name']: i for i, s in enumerate(AUDIT['sources'])
             if 'u07' in s['name']}
    same(len(asked), 2, 'sources')
    for d in AUDIT['devices']:
        ips = d['keys'].get('ip', [])
        if d['site'] == 'US-1' and any(x.startswith('10.1.7.') for x in ips):
            assert d['maker'] not in NAMED, d['id']


@needs('snmp', 'lldp', 'lacp')
def traps():
    """no trap is in scope, and nothing is in scope that is not confirmed"""
    confirmed = {d['id'] for d in AUDIT['devices']
                 if d['verdict'] == 'confirmed' and d['maker'] in NAMED}
    for f in AUDIT['findings']:
        if f['status'].startswith('in scope'):
            assert f['device'] in confirmed, f['id']


@needs()
def coverage():
    """where nobody looked, where nothing was heard, what was not recorded"""
    site = {c['site']: c for c in AUDIT['coverage'] if c['method'] is None}
    same(site['US-2']['status'], 'not looked', 'US-2')
    same(site['US-2']['says'], 'not looked', 'US-2')
    same(site['JP-2']['says'], 'not heard in 10 minutes; cannot hear: silent, '
         'encrypted', 'JP-2')
    same({s for s, c in site.items() if c['drops'] is None},
         {'DE-1', 'US-2'}, 'drops not recorded')
    page = run('audit', OPERATOR, '--as-of', DAY).out
    for line in page.split('where was looked')[1].split('\n'):
        if line.startswith('DE-1 '):
            holds(line, 'not recorded')
        if line.startswith('US-2 '):
            holds(line, 'not looked')
        if line.startswith('JP-2 '):
            holds(line, 'not heard in 10 minutes; cannot hear: silent')


@needs()
def laboratory():
    """every page says that the boxes are a laboratory's"""
    for args in (['-l'], [], ['--site', 'JP-2']):
        holds(run('audit', OPERATOR, *args).out, 'laboratory')
    same({d['origin'] for d in AUDIT['devices']} <=
         {'laboratory', 'constructed'}, True, 'origins')


@needs()
def gibraltar():
    """no rules of Gibraltar is not the same as not in scope"""
    gi = [f for f in AUDIT['findings']
          if not f['elsewhere'] and
          [d for d in AUDIT['devices']
           if d['id'] == f['device'] and d['site'] == 'GI-1']]
    assert gi
    for f in gi:
        same((f['status'], f['clause']), ('no rule on file', None), f['id'])
        holds(f['text'], 'Gibraltar', 'does not say that none apply')


@needs()
def regulator():
    """no subscriber's serial or name anywhere"""
    page = run('audit', OPERATOR, '-l', '--json', '--as-of', DAY).out
    lacks(page, '48575443', 'ZTEG3904')


if __name__ == '__main__':
    main()
