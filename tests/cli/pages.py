#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""pages.py NAMEPLATE ROOT: the page of `report -o X.html`: one file that asks
for nothing, in which each audience finds what it may see and no octet more; no
string of tests/hostile.txt gets out of its place; and `verify --report` finds
whatever was changed. Speaks TAP."""
import base64
import hashlib
import html.parser
import json
import os
import re
import shutil
import sys
import zlib

from hostile import demo, made, sites
from tap import DAY, ROOT, holds, lacks, main, run, same, scratched, test

AUDIENCES = ('engineer', 'auditor', 'regulator', 'public')
LANGUAGES = ('en', 'de', 'it', 'ja')
# What no eye may meet: control characters, bidi, invisible ones, tags.
UNSAFE = re.compile('[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e'
                    '\u2060-\u206f\ufeff\U000e0000-\U000e007f]')
PACK = re.compile('<script type="application/octet-stream" id="np-([^"]+)">'
                  '([^<]*)</script>')
BOOT = re.compile('<script type="application/json" id="np-boot">(.*?)'
                  '</script>', re.S)
BAD, DEMO = made(), demo()
if 'not built in' in (without := run('report', DEMO, '-o', '-')).err:
    without.exits(4)
    print('1..0 # SKIP no page in this build: tools/fetch-web.sh build/web')
    sys.exit(0)
HOSTILE_SITES = sites()
AUDIT = run('report', DEMO, '--json').exits(0).json()


class Page:
    def __init__(self, dossier, *flags):
        self.path = scratched('page.html')
        run('report', dossier, '-o', self.path, *flags).exits(0)
        with open(self.path, 'rb') as f:
            self.raw = f.read()
        self.text = self.raw.decode('utf-8')
        self.boot = json.loads(BOOT.search(self.text)[1])
        self.packs = {m[1]: json.loads(unpacked(m[2]))
                      for m in PACK.finditer(self.text)}
        # All that somebody could read in it.
        self.all = PACK.sub('', self.text) + ''.join(
            json.dumps(p, ensure_ascii=False) for p in self.packs.values())

    def evidence(self):
        """Of all boxes, by row: what many have in common is put in its place.
        """
        return {row: whole(x, p['tables']) for name, p in self.packs.items()
                if name.startswith('evidence-')
                for row, x in p['devices'].items()}


def whole(x, tables):
    return {**x, 'findings': [tables['finding'][i] for i in x['findings']],
            'facts': [{**tables['fact'][f['is']], **f,
                       'claims': [tables['claim'][i] for i in f['claims']]}
                      for f in x['facts']]}


def unpacked(text):
    return zlib.decompress(base64.b64decode(text))


def column(pack, name):
    c = pack['columns'][name]
    if isinstance(c, list):
        return c
    return [None if i < 0 else c['dict'][i] for i in c['v']]


def keys(*kinds):
    return {v for d in AUDIT['devices'] for k, vs in d['keys'].items()
            if k in kinds for v in vs}


NAMES = keys('name')
ADDRESSES = keys('mac', 'ip', 'engine_id', 'cell', 'hostkey', 'clock')
SERIALS = keys('serial') | {d['serial'] for d in AUDIT['devices']
                            if d['serial']}
AUDIT_SITES = [s['site'] for s in AUDIT['coverage'] if not s['method']]
SITES = {s['site'] for s in AUDIT['coverage'] if s['site']}
SITE_NAMES = {'Vossdorf exchange', 'Ellerwick core room', 'Cable hut'}
ZONES = {z['name'] for z in AUDIT['zones']} | {'"%s"' % z['id']
                                               for z in AUDIT['zones']}
SOURCES = {s['name'] for s in AUDIT['sources']} | {
    os.path.basename(s['name']) for s in AUDIT['sources']}
# What a subscriber's box said of itself (I03, I04, J04).
THEIRS = {'48575443', 'HUAWEI:android', '00:3d:e1', '003de1'}


def absent(page, words, what):
    text = page.all.lower()
    for w in sorted(words):
        assert w.lower() not in text, f'{what}: {w!r} is in the page'


# ---- the file

class Tags(html.parser.HTMLParser):
    """Elements, attributes that name another place, and what runs."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.bad, self.scripts = {}, [], 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags[tag] = self.tags.get(tag, 0) + 1
        a = dict(attrs)
        self.scripts += tag == 'script' and not (a.get('type') or '').startswith(
            'application/')
        for name in a:
            if name in ('src', 'href', 'action', 'srcset', 'style') \
                    or name.startswith('on'):
                self.bad.append((tag, name, a[name]))


def policy(text):
    return re.search('Content-Security-Policy" content="([^"]*)"', text)[1]


@test
def one_file():
    """one file: its policy allows its own script and style by hash, no more"""
    page = Page(DEMO)
    says = policy(page.text)
    holds(says, "default-src 'none'", "base-uri 'none'", "form-action 'none'",
          'img-src data:')
    lacks(says, 'unsafe', 'http', '*')
    for element, rule in (('script', 'script-src'), ('style', 'style-src')):
        found = [x for x in re.findall(
            f'<{element}(?: [^>]*)?>(.*?)</{element}>', PACK.sub(
                '', BOOT.sub('', page.text)), re.S)]
        want = ["'sha256-" + base64.b64encode(hashlib.sha256(
            x.encode()).digest()).decode() + "'" for x in found]
        assert want, element
        same(re.search(rule + ' ([^;]*)', says)[1].split(), want, rule)
    tags = Tags(page.text)
    same(tags.scripts, 1, 'scripts that run')
    same(tags.bad, [], 'attributes')
    lacks(' '.join(tags.tags), 'link', 'img', 'iframe', 'object', 'base')


@test
def boot():
    """the page says what it is, for whom, in which language, as of when"""
    for lang in LANGUAGES:
        for who in AUDIENCES:
            p = Page(DEMO, '--for', who, '--lang', lang)
            b = p.boot
            same((b['schema'], b['live'], b['audience'], b['lang'],
                  b['as_of']), ('nameplate.page/1', False, who, lang, DAY),
                 'boot')
            same([n for n in p.packs if not n.startswith('evidence')],
                 b['packs'], 'packs')
            same(len(p.packs) - len(b['packs']), b['evidence'], 'evidence')
            holds(p.text, f'<html lang="{lang}"')
            assert b['mark'] and b['mark'].split('"')[0] in p.text, b['mark']
    same(Page(DEMO).boot['audience'], 'engineer', 'without --for')


@test
def same_octets():
    """the same dossier gives the same octets, wherever it lies"""
    copy = scratched('elsewhere.dossier')
    shutil.copy(DEMO, copy)
    for who in AUDIENCES:
        first = Page(DEMO, '--for', who).raw
        same(Page(DEMO, '--for', who).raw, first, who)
        same(Page(copy, '--for', who).raw, first, f'{who}, a copy')
    same(run('report', DEMO, '-o', '-').exits(0).raw, Page(DEMO).raw, '-o -')


# ---- what it says is what the audit says

@test
def says_the_same():
    """boxes, counts and findings are those of the audit"""
    p = Page(DEMO)
    v, d = p.packs['verdict'], p.packs['devices']
    want = {x['id']: x for x in AUDIT['devices']}
    ids = column(d, 'id')
    same(sorted(ids), sorted(want), 'ids')
    same(column(d, 'site'), sorted(column(d, 'site'), key=list(
        AUDIT_SITES).index), 'in the order of sites')
    for name in ('maker', 'maker_name', 'verdict', 'function', 'model',
                 'version', 'serial', 'site', 'confidence'):
        same(column(d, name), [want[i][name] for i in ids], name)
    for word in ('unknown', 'possible', 'probable', 'confirmed', 'disputed',
                 'subscribers'):
        same(v['devices'][word], AUDIT['summary'][word], word)
    status = dict(zip(column(d, 'id'), column(d, 'status')))
    for i in want:
        found = {f['status'] for f in AUDIT['findings']
                 if f['device'] == i and not f['elsewhere']}
        scoped = any(s.startswith('in scope') for s in found)
        same(status[i] == 'in_scope', scoped, i)
        same(status[i] == 'none', not found, i)
    us2 = [c for c in v['coverage'] if c['site'] == 'US-2'][0]
    same((us2['state'], us2['text']), ('not_looked', 'not looked'), 'US-2')
    de = [x for x in v['laws'] if x['policy'] == 'de-5g-contracts-2024'][0]
    same((de['counts']['in_scope'], de['next_date'], de['days']),
         (3, '2026-12-31', 38), 'Germany')
    gi = [x for x in v['places'] if x['country'] == 'GI'][0]
    same((gi['no_rule'], gi['not_in_scope']), (1, 0), 'Gibraltar')
    same(len(v['actions']), 3, 'actions')
    assert v['limits'] and v['opening'], v


def octets(fact):
    """Of a fact: in hex, where the text does not tell them."""
    return bytes.fromhex(fact['hex']) if fact['hex'] else \
        fact['value'].replace('\\x0a', '\n').encode()


@test
def evidence():
    """evidence: each fact with its place, each finding with its clause"""
    p = Page(DEMO)
    rows, m = p.evidence(), p.packs['method']
    want = {x['id']: x for x in AUDIT['devices']}
    found = {f['device'] for f in AUDIT['findings']}
    same({x['id'] for x in rows.values()}, found, 'boxes with findings')
    ids = column(p.packs['devices'], 'id')
    for row, x in rows.items():
        same(ids[int(row)], x['id'], 'row')
        same(column(p.packs['devices'], 'evidence')[int(row)], 0, 'pack')
        got = {(f['field'], f['source'], f['place'], f['at'],
                octets(f)) for f in x['facts']}
        same(got, {(c['field'], c['source'], c['place'], c['at'],
                    c['text'].encode()) for c in want[x['id']]['claims']},
             x['id'])
        for f in x['findings']:
            assert f['clause'] is None or f['clause'] in m['clauses'], f
        assert x['settles'], x
    core = m['clauses']['de-5g-contracts-2024/core']
    same(core['quote_lang'], 'de', 'language')
    holds(core['quote'], '5G-Kernnetzen')
    holds(core['translation'], '5G core networks')
    same([s['sha256'] for s in m['sources']],
         [s['sha256'] for s in AUDIT['sources']], 'sources')


# ---- who sees what

@test
def engineer_sees_all():
    """the engineer sees names, addresses, zones, sources"""
    p = Page(DEMO)
    holds(p.all, 'ELL-SW-04', '44:f4:36:52:50:11', '2102490500001', 'DE-1',
          'd01-sba.pcap', '"Z1"')


@test
def auditor():
    """the auditor sees evidence to the octet; no zones, no cut points"""
    p = Page(DEMO, '--for', 'auditor')
    holds(p.all, 'ELL-SW-04', '44:f4:36:52:50:11', 'd01-sba.pcap')
    absent(p, ZONES, 'auditor')
    same(set(column(p.packs['devices'], 'behind')), {None}, 'cut points')
    lacks(' '.join(p.packs), 'topology')


@test
def regulator():
    """the regulator: boxes and serials; no names, addresses, zones, cuts"""
    p = Page(DEMO, '--for', 'regulator')
    holds(p.all, 'DE-1', '2102490500001', 'MA5608T')
    for words in (NAMES, ADDRESSES, ZONES, SOURCES, THEIRS,
                  {'HW_RHEIN_07', 'HW_SITE1', 'OpenSSH_9.2p1'}):
        absent(p, words, 'regulator')
    same(set(column(p.packs['devices'], 'behind')), {None}, 'cut points')
    same({x['id'] for x in AUDIT['devices']} & set(
        column(p.packs['devices'], 'id')), set(), 'ids, which hash addresses')
    facts = [f for x in p.evidence().values() for f in x['facts']]
    assert facts and all(f['value'] is None and f['hex'] is None
                         for f in facts)
    lacks(' '.join(p.packs), 'topology')


@test
def references():
    """a reference leads back by the dossier alone: another gives another"""
    p, q = Page(DEMO, '--for', 'regulator'), Page(BAD, '--for', 'regulator')
    a = column(p.packs['devices'], 'id')
    same(len(set(a)), len(AUDIT['devices']), 'different ones')
    assert all(re.fullmatch('r-[0-9a-f]{16}', x) for x in a), a[:3]
    same(set(a) & set(column(q.packs['devices'], 'id')), set(), 'in common')
    serial = column(p.packs['devices'], 'serial').index('2102490500001')
    holds(run('explain', DEMO, a[serial]).exits(0).out, 'd-', '2102490500001')
    run('explain', BAD, a[serial]).exits(2)


@test
def public():
    """the public: counts by country, and no single box or site"""
    p = Page(DEMO, '--for', 'public')
    for words in (NAMES, ADDRESSES, ZONES, SOURCES, THEIRS, SERIALS, SITES,
                  SITE_NAMES, {d['id'] for d in AUDIT['devices']}):
        absent(p, words, 'public')
    for name in ('devices', 'topology', 'burndown', 'gantt', 'evidence-0'):
        assert name not in p.packs, name
    assert {x['country'] for x in p.packs['verdict']['places']} == {
        'DE', 'GB', 'GI', 'IT', 'JP', 'US'}
    assert not re.search('r-[0-9a-f]{16}', p.all)
    looked = p.packs['verdict']['coverage']
    same({(c['country'], c['state']) for c in looked if c['country'] == 'US'},
         {('US', 'looked'), ('US', 'not_looked')}, 'United States')
    same(len(looked), len({(c['country'], c['state']) for c in looked}),
         'a row a country and state')
    same(round(sum(c['share'] for c in looked), 4), 1, 'shares')
    holds(run('report', DEMO, '-o', scratched('x'), '--for', 'public',
              '--site', 'US-1').exits(2).err, 'no site')


@test
def planned():
    """a plan in the dossier shows to each what it may: no costs, no names"""
    d = scratched('planned.dossier')
    shutil.copy(DEMO, d)
    run('plan', d, '--as-of', DAY, '--costs', 'examples/operator/costs.csv',
        '--plan', 'examples/operator/plan.yaml').exits(0)
    waves = column(Page(d, '--as-of', DAY).packs['devices'], 'wave')
    assert any(waves), waves
    p = Page(d, '--for', 'auditor', '--as-of', DAY)
    assert p.packs['gantt']['bars'] and p.packs['gantt']['cost'], p.packs
    absent(p, ZONES, 'auditor')
    p = Page(d, '--for', 'regulator', '--as-of', DAY)
    assert p.packs['gantt']['bars'] and not p.packs['gantt']['cost']
    for words in (NAMES, ADDRESSES, ZONES, SOURCES, {
            x['id'] for x in AUDIT['devices']}):
        absent(p, words, 'regulator')
    p = Page(d, '--for', 'public', '--as-of', DAY)
    for words in (NAMES, SITES, SERIALS, {x['id'] for x in AUDIT['devices']}):
        absent(p, words, 'public')
    for who in AUDIENCES:
        verify(d, Page(d, '--for', who).path).exits(0)


@test
def subscribers():
    """subscribers' boxes are counts, whoever looks"""
    for who in AUDIENCES:
        p = Page(DEMO, '--for', who)
        absent(p, THEIRS, who)
        same(p.packs['verdict']['devices']['subscribers'], 42, who)
    got = Page(DEMO).packs['devices']['subscribers']
    same(sum(x['n'] for x in got), 42, 'counted')
    same({k for x in got for k in x},
         {'site', 'country', 'maker', 'verdict', 'model', 'n'}, 'members')


@test
def one_site():
    """--site shows one site, and no box or count of another"""
    p = Page(DEMO, '--site', 'US-1')
    same(set(column(p.packs['devices'], 'site')), {'US-1'}, 'sites')
    same([x['country'] for x in p.packs['verdict']['places']], ['US'],
         'places')
    same([c['site'] for c in p.packs['verdict']['coverage']], ['US-1'],
         'coverage')
    n = len([d for d in AUDIT['devices'] if d['site'] == 'US-1'])
    same((p.packs['devices']['n'], p.packs['verdict']['devices']['n']), (n, n),
         'boxes')


# ---- hostile strings

def texts(x):
    if isinstance(x, dict):
        for k, v in x.items():
            yield k
            yield from texts(v)
    elif isinstance(x, list):
        for v in x:
            yield from texts(v)
    elif isinstance(x, str):
        yield x


@test
def hostile():
    """no string of a box, a file or a person gets out, or deceives"""
    plain = Tags(Page(DEMO).text)
    for d in (BAD, HOSTILE_SITES):
        for who in AUDIENCES:
            p = Page(d, '--for', who)
            got = Tags(p.text)
            same(got.scripts, 1, 'scripts that run')
            same(got.bad, [], 'attributes')
            same(set(got.tags) - set(plain.tags), set(), 'elements')
            same(got.tags['script'], len(p.packs) + 2, 'script elements')
            lacks(p.text.replace('<script', ''), 'alert(1)</script',
                  'onerror=alert', '<svg')
            hit = UNSAFE.search(p.text)
            assert not hit, f'U+{ord(hit[0]):04X} in {who}'
            for s in texts(p.packs):
                hit = UNSAFE.search(s)
                assert not hit, f'U+{ord(hit[0]):04X} in {s[:80]!r}'
                lacks(s, '\n')


@test
def hostile_noscript():
    """what stands without scripts is text, whatever it is called"""
    for d in (BAD, HOSTILE_SITES):
        part = re.search('<noscript>(.*?)</noscript>', Page(d).text, re.S)[1]
        same(set(re.findall('<([a-z0-9]+)', part)) - {
            'main', 'p', 'h1', 'h2', 'table', 'thead', 'tbody', 'tr', 'th',
            'td', 'ul', 'li'}, set(), 'elements')
        lacks(part, 'script>')
    holds(Page(BAD).text, '=1+1&#34;&#62;&#60;script&#62;')


# ---- verify --report

def verify(dossier, path, *flags):
    return run('verify', dossier, '--report', path, *flags)


@test
def holds_itself():
    """a report holds against its dossier, for whomever it was written"""
    for who in AUDIENCES:
        for flags in ((), ('--lang', 'ja'), ('--site', 'GB-1'),
                      ('--as-of', '2028-01-01'), ('--what-if', 'us,de'),
                      ('--kept',)):
            if who == 'public' and '--site' in flags:
                continue
            p = Page(DEMO, '--for', who, *flags)
            holds(verify(DEMO, p.path).exits(0).out,
                  'the report is what the dossier gives')
    for d in (BAD, HOSTILE_SITES):
        verify(d, Page(d).path).exits(0)


def changed(page, at, octet):
    path = scratched('changed.html')
    with open(path, 'wb') as f:
        f.write(page.raw[:at] + octet + page.raw[at + len(octet):])
    return path


@test
def finds_one_octet():
    """one octet changed anywhere is found, and where it is said"""
    p = Page(DEMO, '--for', 'auditor')
    where = [('the page', p.raw.index(b'<title>') + 9),
             ('the page', p.raw.index(b'<noscript>') + 40),
             ('the page', p.raw.index(b'sha256-') + 12),
             ('the page', len(p.raw) - 30),
             ('boot', p.raw.index(b'"packs"') + 20)]
    for name in p.packs:
        m = [x for x in PACK.finditer(p.text) if x[1] == name][0]
        at = len(p.text[:m.start(2)].encode())
        where += [(name, at), (name, at + len(m[2]) // 2),
                  (name, at + len(m[2]) - 3)]
    for name, at in where:
        old = p.raw[at:at + 1]
        path = changed(p, at, b'B' if old != b'B' else b'C')
        r = verify(DEMO, path).exits(1)
        holds(r.out, f'WRONG  {name}', f'from octet {at} on')
        got = verify(DEMO, path, '--json').exits(1).json()['report']
        same([x['part'] for x in got['parts'] if not x['holds']], [name],
             'parts')
        same(got['wrong'], 1, 'wrong')


@test
def finds_more():
    """a pack too many, twice, too few, or with another's packing"""
    p = Page(DEMO)
    m = [x for x in PACK.finditer(p.text) if x[1] == 'verdict'][0]
    more = m[0].replace('np-verdict', 'np-other')
    script = '<script>alert(1)</script>'
    again = m[0].replace(m[2], base64.b64encode(zlib.compress(
        unpacked(m[2]), 1)).decode())
    for text, rc, says in (
            (p.text.replace(m[0], m[0] + more), 1, 'WRONG  other'),
            (p.text.replace(m[0], m[0] + m[0]), 1, 'twice'),
            (p.text.replace(m[0], ''), 1, 'verdict: is not there'),
            (p.text.replace(m[0], script + m[0]), 1, 'WRONG  the page'),
            (p.text + script, 1, 'WRONG  the page'),
            (p.text.replace(m[0], again), 0, 'is what the dossier gives')):
        with open(scratched('changed.html'), 'w', encoding='utf-8') as f:
            f.write(text)
        holds(verify(DEMO, scratched('changed.html')).exits(rc).out, says)


@test
def finds_another():
    """another dossier's report, a file that is none, one that is not there"""
    p = Page(BAD)
    holds(verify(DEMO, p.path).exits(1).out, 'WRONG')
    for text in ('', '<html></html>', p.text.replace('"live":false',
                                                     '"live":true'),
                 p.text.replace('"as_of":"', '"as_of":"x')):
        with open(scratched('changed.html'), 'w', encoding='utf-8') as f:
            f.write(text)
        holds(verify(DEMO, scratched('changed.html')).exits(2).err,
              'expected a page')
    verify(DEMO, scratched('nowhere')).exits(4)


@test
def tells_who_changed():
    """a statement that came later makes an older report part with it"""
    p = Page(DEMO)
    copy, key = scratched('later.dossier'), scratched('key')
    shutil.copy(DEMO, copy)
    run('keygen', key, '--no-password').exits(0)
    run('seal', copy, '--key', key + '.key').exits(0)
    r = verify(copy, p.path).exits(1)
    holds(r.out, 'WRONG  verdict')
    lacks(r.out, 'WRONG  devices')
    q = Page(copy).packs['verdict']['seal']
    same((q['sealed'], q['holds'], len(q['signers'])), (True, True, 1),
         'seal')
    holds(verify(copy, Page(copy).path).exits(0).out, 'what the dossier')


# ---- words

@test
def wrong_words():
    """wrong audiences, languages and forms are refused, with what is right"""
    for flags, says in ((('--for', 'king'), 'engineer, auditor'),
                        (('--lang', 'xx'), 'en, de, it or ja')):
        holds(run('report', DEMO, '-o', scratched('x'), *flags).exits(2).err,
              says)
    holds(run('report', DEMO, '--for', 'public').exits(2).err, '-o X.html')
    holds(run('report', DEMO, '--csv', '-o', scratched('x')).exits(2).err,
          'one form')
    run('report', DEMO, '-o', os.path.join(scratched('no'), 'x')).exits(4)


@test
def table_of_audiences():
    """who sees what is data: another table is another page, a wrong one none"""
    folder = scratched('knowledge')
    shutil.copytree(os.path.join(ROOT, 'knowledge'), folder)
    path = os.path.join(folder, 'audiences.yaml')
    with open(path, encoding='utf-8') as f:
        text = f.read()
    at = text.index('  versions:')
    for new, rc, says in (
            (text[:at] + text[at:].replace('[engineer, auditor, regulator]',
                                           '[auditor]', 1), 0, ''),
            (text[:at] + text[at:].replace('[engineer, auditor, regulator]',
                                           '[auditor, king]', 1), 4,
             'engineer, auditor, regulator, public'),
            (text.replace('  versions:', '  version:'), 4, 'shown'),
            (text.replace('default: engineer', 'default: all'), 4,
             'default')):
        with open(path, 'w', encoding='utf-8') as f:
            f.write(new)
        r = run('report', DEMO, '-o', scratched('x.html'), '--knowledge',
                folder).exits(rc)
        holds(r.err, says)
        if not rc:
            p = Page(DEMO, '--knowledge', folder)
            same(set(column(p.packs['devices'], 'version')), {None},
                 'versions')


if __name__ == '__main__':
    main()
