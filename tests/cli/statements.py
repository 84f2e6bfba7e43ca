#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""statements.py NAMEPLATE ROOT: people's statements from the key to the
finding. Speaks TAP."""
import hashlib
import json
import os
import pty
import re
import shutil
import sqlite3
import stat
import subprocess
import warnings

from tap import (DAY, NAMEPLATE, OPERATOR, ROOT, holds, lacks, main, run, same,
                 scratched, test)

warnings.simplefilter('ignore', DeprecationWarning)
import jsonschema  # noqa: E402 (warns of its own future when imported)

POWER = 'd-d0d9b1c7025b649e'   # probable Huawei, US-1
AMF = 'd-cbc91a236325ca9f'     # confirmed ZTE, DE-1
UPF = 'd-99662359f108edce'     # confirmed Huawei, DE-1
MME = 'd-2f947cf746479fe2'     # confirmed Huawei, GB-2
CORE = 'de-5g-contracts-2024/core'
SUPPORT = 'us-fcc-usf-2020/support'
EVERY = ('--as-of', DAY, '--on', '2026-11-20', '--grade', 'B2')


def key(name, *words):
    path = scratched(name)
    if not os.path.exists(path + '.key'):
        run('keygen', path, *(words or ('--no-password',))).exits(0)
    return path + '.key'


def public(name):
    with open(key(name)[:-4] + '.pub', encoding='utf-8') as f:
        return f.read()


def fresh(name):
    """A copy of the operator's dossier, without any statement."""
    first = scratched('first.dossier')
    if not os.path.exists(first):
        run(OPERATOR, '--as-of', DAY, '-o', first).exits(0)
    path = scratched(name + '.dossier')
    shutil.copy(first, path)
    return path


def sign(dossier, verb, about, *words, who='ann', by='Ann Field, engineer',
         want=0):
    return run(verb, dossier, about, '--by', by, '--key', key(who), *EVERY,
               *words).exits(want)


def page(dossier, *words):
    return run('report', '--json', dossier, *words).exits(0).json()


def finding(p, device, clause):
    got = [f for f in p['findings'] if f['device'] == device and
           f['clause'] == clause]
    assert len(got) == 1, got
    return got[0]


def waive(dossier, *words, want=0):
    return sign(dossier, 'waive', AMF + '/' + CORE, '--until', '2027-06-30',
                '--authority', 'the Ministry', '--citation', 'BMI 1-23',
                *words, want=want)


@test
def attest_brings_into_scope():
    """an attested maker turns "undetermined: maker" into in scope"""
    d = fresh('attest')
    before = finding(page(d), POWER, SUPPORT)
    same((before['status'], before['missing']), ('undetermined', 'maker'),
         'before')
    label = scratched('label.jpg')
    with open(label, 'wb') as f:
        f.write(b'a picture of the label')
    out = sign(d, 'attest', POWER, '--maker', 'huawei', '--because',
               'read the label', '--evidence', label, '--until',
               '2027-11-20').out
    holds(out, 'maker = huawei', 'grade B2', 'because: read the label',
          hashlib.sha256(b'a picture of the label').hexdigest(), '    counts')
    p = page(d)
    after = finding(p, POWER, SUPPORT)
    same(after['status'], 'in scope (text not read)', 'after')
    holds(after['because'], 'Huawei Technologies (attested)')
    lacks(json.dumps(p['findings']), 'Ann Field')
    s, = p['statements']
    same((s['kind'], s['device'], s['fact'], s['value'], s['grade'],
          s['on'], s['until'], s['by'], s['counts'], s['entry']),
         ('attest', POWER, 'maker', 'huawei', 'B2', '2026-11-20',
          '2027-11-20', 'Ann Field, engineer', True, 1), 'the statement')
    same(s['evidence'], [{'name': 'label.jpg', 'sha256': hashlib.sha256(
        b'a picture of the label').hexdigest()}], 'its evidence')
    device = [x for x in p['devices'] if x['id'] == POWER][0]
    same(device['verdict'], 'probable', 'what the box proves is as it was')
    holds(run('report', d).exits(0).out, 'probable, attested huawei',
          'stated by people, signed', f'attest {POWER}: maker = huawei')
    holds(run('explain', d, POWER).exits(0).out, 'stated by people, signed',
          'because: read the label', 'Ann Field, engineer')


@test
def expires():
    """one that is over is shown as expired and has no effect"""
    d = fresh('expired')
    sign(d, 'attest', POWER, '--maker', 'huawei', '--until', '2026-11-30')
    same(finding(page(d), POWER, SUPPORT)['status'],
         'in scope (text not read)', 'while it counts')
    p = page(d, '--as-of', '2026-12-01')
    same(finding(p, POWER, SUPPORT)['missing'], 'maker', 'afterwards')
    same(p['statements'][0]['effect'], 'no effect: expired', 'it is said')
    p = page(d, '--as-of', '2026-11-19')
    same(p['statements'][0]['effect'], 'no effect: its day has not come',
         'it is said before')
    same(finding(p, POWER, SUPPORT)['missing'], 'maker', 'before')


@test
def dispute_keeps_both_sides():
    """an objection makes it contested; the evidence and both sides stay"""
    d = fresh('dispute')
    was = page(d)
    sign(d, 'dispute', f'{AMF}/{CORE}', '--because', 'it is not our AMF',
         who='zte', by='ZTE')
    p = page(d)
    f = finding(p, AMF, CORE)
    same((f['status'], f['without_statements']), ('contested', 'in scope'),
         'the finding')
    holds(f['text'], 'both sides are shown', 'Without the objection it is: '
          'in scope')
    holds(f['because'], 'ZTE (confirmed)', 'objected to on 2026-11-20 (B2)')
    same([x for x in p['devices'] if x['id'] == AMF],
         [x for x in was['devices'] if x['id'] == AMF], 'the evidence')
    same(finding(p, UPF, CORE), finding(was, UPF, CORE), 'another box')
    same((was['summary']['contested'], p['summary']['contested']), (0, 1),
         'summary')
    holds(run('report', d).exits(0).out, 'DE-1 2 (+1 undetermined) '
          '(+1 contested)')
    out = run('explain', d, f'{AMF}/{CORE}').exits(0).out
    holds(out, 'what speaks for it', 'sba.', 'contested',
          'without what people state: in scope', 'it is not our AMF')


@test
def waiver_wants_two():
    """a waiver counts with a second person's key alone, until its day"""
    d = fresh('waive')
    out = waive(d).out
    holds(out, "no effect: wants a second person's key", '--second')
    same(finding(page(d), AMF, CORE)['status'], 'in scope', 'one key')
    sid = page(d)['statements'][0]['id']
    # the same key under another name, and the same name with another key
    sign(d, 'attest', sid[:16], '--second', by='Bob Hill')
    sign(d, 'attest', sid[:16], '--second', who='bob')
    same(finding(page(d), AMF, CORE)['status'], 'in scope', 'no second')
    sign(d, 'attest', sid[:16], '--second', who='bob', by='Bob Hill')
    p = page(d)
    f = finding(p, AMF, CORE)
    same((f['status'], f['without_statements']), ('exempt', 'in scope'),
         'two keys')
    holds(f['text'], 'the Ministry granted an exception (BMI 1-23), until '
          '2027-06-30')
    assert p['statements'][0]['second'], p['statements'][0]
    f = finding(page(d, '--as-of', '2027-07-01'), AMF, CORE)
    same(f['status'], 'in scope', 'the day after')


@test
def second_at_once():
    """both persons may sign at once; it is all or nothing"""
    d = fresh('both')
    waive(d, '--second-key', key('bob'), want=2)
    same(page(d)['statements'], [], 'nothing is kept of a wrong one')
    waive(d, '--second-key', key('bob'), '--second-by', 'Bob Hill')
    p = page(d)
    same([s['kind'] for s in p['statements']], ['waive', 'second'], 'entries')
    same(finding(p, AMF, CORE)['status'], 'exempt', 'it counts')
    d = fresh('twice')
    waive(d, '--second-key', key('ann'), '--second-by', 'Bob Hill')
    same(finding(page(d), AMF, CORE)['status'], 'in scope',
         'one key is one person')


@test
def override_of_maker():
    """another maker than the confirmed one wants two persons"""
    d = fresh('override')
    holds(sign(d, 'attest', UPF, '--maker', 'nokia').out,
          "no effect: wants a second person's key")
    same(finding(page(d), UPF, CORE)['status'], 'in scope', 'alone')
    sid = page(d)['statements'][0]['id']
    sign(d, 'attest', sid[:8], '--second', who='bob', by='Bob Hill')
    p = page(d)
    assert not [f for f in p['findings'] if f['device'] == UPF and
                f['status'].startswith('in scope')], 'with two'
    device = [x for x in p['devices'] if x['id'] == UPF][0]
    same((device['maker'], device['verdict']), ('huawei', 'confirmed'),
         'what the box proves is as it was')


@test
def variation_and_facts():
    """a later date that was granted, a day that a person knows"""
    d = fresh('variation')
    clause = 'gb-vendor-direction-2022/core'
    was = finding(page(d), MME, clause)
    sign(d, 'attest', f'{MME}/{clause}', '--variation', '2027-03-31',
         '--authority', 'DSIT', '--citation', 'letter of 2 November 2026')
    f = finding(page(d), MME, clause)
    same((was['date'], f['date']), ('2023-12-31', '2027-03-31'), 'the date')
    holds(was['text'], 'Was a later date granted?')
    lacks(f['text'], 'Was a later date granted?')
    holds(f['because'], 'later date granted: 2027-03-31')
    new = 'gb-vendor-direction-2022/5g-new'
    same(finding(page(d), MME, new)['status'], 'undetermined', 'no day')
    sign(d, 'attest', MME, '--fact', 'obtained=2023-02-01')
    f = finding(page(d), MME, new)
    same(f['status'], 'in scope (text not read)', 'its day is known')
    holds(f['because'], 'obtained: 2023-02-01')
    for wrong in ('obtained=soon', 'colour=red', 'obtained'):
        sign(d, 'attest', MME, '--fact', wrong, want=2)


@test
def attests_a_part():
    """the label on a part settles "maker of the part", and not the box"""
    d, box = fresh('part'), 'd-ecbbbf1e0a2b6a31'
    clause = 'us-sna-2020/report'

    def status():
        return {f['component']: (f['status'], f['missing'])
                for f in page(d)['findings'] if f['device'] == box and
                f['clause'] == clause}
    same(status(), {False: ('not in scope', None),
                    True: ('undetermined', 'maker of the part')}, 'before')
    sign(d, 'attest', box, '--part', 'zte')
    same(status()[True], ('undetermined', 'maker of the part'), 'another')
    sign(d, 'attest', box, '--part', 'huawei')
    sign(d, 'attest', box, '--fact', 'obtained=2021-02-01')
    same(status(), {False: ('not in scope', None),
                    True: ('component in scope', None)}, 'after')


@test
def incidents_are_only_shown():
    """incident and no-incident are recorded and change nothing"""
    d = fresh('incident')
    was = page(d)
    sign(d, 'attest', UPF, '--no-incident', '--because',
         'nothing was found in the audit of 2026')
    sign(d, 'attest', 'DE-1', '--incident', '--because', 'an outage')
    p = page(d)
    same((p['findings'], p['devices']), (was['findings'], was['devices']),
         'findings and devices')
    same({s['effect'] for s in p['statements']}, {'recorded, never weighed'},
         'effect')
    holds(run('explain', d, UPF).exits(0).out, 'no-incident', 'an outage')


@test
def tampered_is_refused():
    """a touched journal is refused, with the entry's number"""
    for sql, entry in (
            ("UPDATE journal SET line=replace(line,'huawei','cisco0') "
             "WHERE n=1", 1),
            ('DELETE FROM journal WHERE n=1', 1),
            ("UPDATE journal SET signature=(SELECT signature FROM journal "
             "WHERE n=1) WHERE n=2", 2)):
        d = fresh('tampered')
        sign(d, 'attest', POWER, '--maker', 'huawei')
        sign(d, 'dispute', UPF, '--because', 'no')
        db = sqlite3.connect(d)
        db.execute('DROP TRIGGER journal_kept')
        db.execute('DROP TRIGGER journal_stays')
        db.execute(sql)
        db.commit()
        db.close()
        for words in (('report', d), ('explain', d, UPF),
                      ('audit', OPERATOR + '/DE-1', '-o', d)):
            r = run(*words)
            assert r.rc != 0, (sql, words, r.out[:300])
            holds(r.err, f'journal, entry {entry}')
            lacks(r.out, 'in scope')
        r = sign(d, 'attest', POWER, '--maker', 'huawei', want=4)
        holds(r.err, f'journal, entry {entry}')


@test
def trusted_keys():
    """with --keys only those count that are in the file"""
    d = fresh('keys')
    sign(d, 'attest', POWER, '--maker', 'huawei')
    mine, other = scratched('mine.pub'), scratched('other.pub')
    with open(mine, 'w', encoding='utf-8') as f:
        f.write('# who may state things\n' + public('bob') + public('ann'))
    with open(other, 'w', encoding='utf-8') as f:
        f.write(public('bob'))
    same(page(d, '--keys', mine)['statements'][0]['counts'], True, 'trusted')
    p = page(d, '--keys', other)
    same(p['statements'][0]['effect'], 'no effect: its key is not trusted',
         'not trusted')
    same(finding(p, POWER, SUPPORT)['missing'], 'maker', 'no effect')
    with open(other, 'w', encoding='utf-8') as f:
        f.write(public('bob') + 'nonsense\n')
    holds(run('report', d, '--keys', other).exits(4).err, 'other.pub:3',
          'expected a public key')


@test
def order_never_matters():
    """the same statements in another order give the same export"""
    words = [('attest', POWER, '--maker', 'huawei', '--until', '2027-01-01'),
             ('dispute', f'{AMF}/{CORE}', '--because', 'no'),
             ('dispute', UPF, '--because', 'over', '--until', '2026-11-21'),
             ('attest', 'd-c2c197408ca937d5', '--maker', 'cisco'),
             ('attest', POWER, '--fact', 'obtained=2018-01-01')]
    out = []
    for n, order in enumerate(([0, 1, 2, 3, 4], [4, 2, 0, 3, 1],
                               [3, 1, 4, 0, 2])):
        d = fresh(f'order{n}')
        for i in order:
            sign(d, *words[i])
        out.append(run('report', '--jsonl', d).exits(0).raw)
    same(out[1] == out[0] and out[2] == out[0], True, 'the export')
    lacks(out[0].decode(), 'Ann Field', '"statements"', 'minisign')


@test
def stays_with_the_box():
    """a statement stays with its box when more is heard, and its id changes"""
    d, walks = scratched('later.dossier'), scratched('10.9.9.1.snmprec')
    ids = []
    for more in ('1.3.6.1.2.1.1.1.0|4|Huawei Versatile Routing Platform '
                 'Software\n1.3.6.1.2.1.17.1.1.0|4x|00e0fc010203\n',
                 '1.3.6.1.2.1.47.1.1.1.1.5.1|2|3\n'
                 '1.3.6.1.2.1.47.1.1.1.1.11.1|4|2102350ABCDE1234567\n',
                 '1.3.6.1.2.1.1.5.0|4|R1\n'):
        with open(walks, 'a', encoding='utf-8') as f:
            f.write(more)
        run(walks, '--site', 'DE', '--as-of', DAY, '-o', d).exits(0)
        ids += [x['id'] for x in page(d)['devices']]
        if len(ids) < 3:
            sign(d, 'attest', ids[-1], '--maker', 'huawei')
    same((len(ids), len(set(ids))), (3, 2), 'its id changes')
    p = page(d)
    same([(s['device'], s['counts']) for s in p['statements']],
         [(ids[2], True)] * 2, 'found again')
    entries = [json.loads(r[0])['statement'] for r in sqlite3.connect(
        d).execute('SELECT line FROM journal ORDER BY n')]
    same([(e['device'], e.get('known_as')) for e in entries],
         [(ids[0], None), (ids[1], ids[0])], 'as it was signed')


@test
def checked_by_others():
    """another program, and stock minisign, reach the same of each entry"""
    d = fresh('others')
    sign(d, 'attest', POWER, '--maker', 'huawei', '--because', 'gelesen: ü"\\')
    waive(d, '--second-key', key('bob'), '--second-by', 'Bob Hill')
    prev = '0' * 64
    rows = list(sqlite3.connect(d).execute(
        'SELECT n,line,signature,hash FROM journal ORDER BY n'))
    same(len(rows), 3, 'entries')
    for n, line, signature, digest in rows:
        e = json.loads(line)
        same((e['n'], e['prev']), (n, prev), 'the chain')
        same(json.dumps(e, sort_keys=True, separators=(',', ':'),
                        ensure_ascii=False), line, 'canonical')
        prev = hashlib.sha256((line + '\n' + signature).encode()).hexdigest()
        same(digest, prev, 'the hash')
        text = json.dumps(e['statement'], sort_keys=True,
                          separators=(',', ':'), ensure_ascii=False)
        same(page(d)['statements'][n - 1]['id'],
             hashlib.sha256(text.encode()).hexdigest(), 'the id')
        if not shutil.which('minisign'):
            continue
        path = scratched(f'entry{n}')
        with open(path, 'w', encoding='utf-8') as f:
            f.write(line)
        with open(path + '.minisig', 'w', encoding='utf-8') as f:
            f.write(signature)
        r = subprocess.run(['minisign', '-Vm', path, '-P', e['key']],
                           capture_output=True, check=False)
        same(r.returncode, 0, r.stderr)


@test
def fits_its_schema():
    """what the journal holds fits knowledge/schema/statement.schema.json"""
    d = fresh('schema')
    sign(d, 'attest', POWER, '--maker', 'huawei', '--evidence', key('ann'))
    waive(d, '--second-key', key('bob'), '--second-by', 'Bob Hill')
    sign(d, 'attest', 'DE-1', '--incident', '--because', 'an outage')
    schemas = {}
    for name in ('common', 'statement'):
        path = os.path.join(ROOT, f'knowledge/schema/{name}.schema.json')
        with open(path, encoding='utf-8') as f:
            schemas[name + '.schema.json'] = json.load(f)
    schema = schemas['statement.schema.json']
    seen = jsonschema.Draft202012Validator(
        schema, resolver=jsonschema.RefResolver('', schema, store=schemas))
    rows = list(sqlite3.connect(d).execute('SELECT line FROM journal'))
    same(len(rows), 4, 'entries')
    for row in rows:
        seen.validate(json.loads(row[0])['statement'])


@test
def asks_for_passwords():
    """a password is asked for at the terminal, and not shown there"""
    name = scratched('asked')
    if os.path.exists(name + '.key'):
        os.unlink(name + '.key')
        os.unlink(name + '.pub')
    pid, fd = pty.fork()
    if pid == 0:
        os.execv(NAMEPLATE, [NAMEPLATE, 'keygen', name])
    told = b''
    for prompt in (b'password of the new key: ', b'once more: '):
        while prompt not in told:
            told += os.read(fd, 1000)
        os.write(fd, b'secret horse\n')
    try:
        while True:
            octets = os.read(fd, 1000)
            if not octets:
                break
            told += octets
    except OSError:
        pass
    same(os.waitpid(pid, 0)[1], 0, 'it ends well')
    assert b'horse' not in told, told
    d, password = fresh('asked'), scratched('horse')
    with open(password, 'w', encoding='utf-8') as f:
        f.write('secret horse')
    os.chmod(password, 0o600)
    run('attest', d, POWER, '--maker', 'huawei', '--by', 'Ann', '--key',
        name + '.key', '--password', password, *EVERY).exits(0)


@test
def keys_and_passwords():
    """a key with a password wants it; secret keys are their owner's alone"""
    password = scratched('password')
    with open(password, 'w', encoding='utf-8') as f:
        f.write('correct horse\n')
    os.chmod(password, 0o600)
    k = key('locked', '--password', password)
    same(stat.S_IMODE(os.stat(k).st_mode), 0o600, 'mode')
    d = fresh('locked')
    words = ('attest', d, POWER, '--maker', 'huawei', '--by', 'Ann',
             '--key', k, *EVERY)
    run(*words, '--password', password).exits(0)
    with open(password, 'w', encoding='utf-8') as f:
        f.write('wrong\n')
    run(*words, '--password', password).exits(2)
    os.chmod(key('ann'), 0o644)
    holds(sign(d, 'attest', POWER, '--maker', 'huawei', want=2).err,
          'chmod 600')
    os.chmod(key('ann'), 0o600)
    same(len(page(d)['statements']), 1, 'one was signed')
    holds(run('keygen', scratched('ann'), '--no-password').err, 'ann')


@test
def supplier_learns_no_place():
    """a supplier gets octets, rule and grade; no place, address, name, hour"""
    d = fresh('supplier')
    p = page(d)
    theirs = {v for x in p['devices'] for kind, values in x['keys'].items()
              if kind != 'oid' for v in values}
    theirs |= {x['id'] for x in p['devices']}
    with open(os.path.join(ROOT, OPERATOR, 'operator.yaml'),
              encoding='utf-8') as f:
        for names in re.findall(r'^  ([A-Z]{2}-\d):|name: (\w+)', f.read(),
                                re.M):
            theirs |= {n for n in names if n}
    theirs |= {os.path.basename(x['name']) for x in p['sources']}
    serials = {v for x in p['devices'] for v in x['keys'].get('serial', [])}
    assert 'VOS-PE-01' in theirs and '10.49.2.1' in theirs and \
        'Vossdorf' in theirs and 'DE-1' in theirs, sorted(theirs)[:50]
    told = 0
    for x in p['devices']:
        out = run('explain', d, '--for-supplier', x['id']).exits(0).out
        octets = bytes(int(h, 16) for line in re.findall(
            r'^(?:    octets  |            )((?:(?:[0-9a-f]{2}|\.\.) )+)$',
            out, re.M) for h in line.split() if h != '..')
        for v in theirs | serials:
            # what is no name but a maker's or a model's word may stand
            if v.lower() in ('huawei', 'zte', 'cable') or len(v) < 3:
                continue
            found = re.search(r'(?<![\w.-])' + re.escape(v) + r'(?![\w-])',
                              out, re.I)
            assert not found, (x['id'], v, out)
            assert len(v) < 6 or v.encode() not in octets, (x['id'], v)
        assert not re.search(r'(?<![:\d])\d\d:\d\d:\d\d(?![:\d])', out), out
        assert not re.search(r'(?<![\w.])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}', out,
                             re.I), out
        lacks(out, 'vlan')
        told += ' octets ' in out and '; rule ' in out
        if x['serial']:
            holds(out, 'SHA-256 ' + hashlib.sha256(
                x['serial'].encode()).hexdigest())
    assert told > 15, told
    out = run('explain', d, '--for-supplier', UPF).exits(0).out
    holds(out, 'pfcp.enterprise_id', '800007db0300259e[withheld]',
          'E5 maker Huawei Technologies', 'rule ', 'sha256 ', 'from octet', '2026-11-23', 'to answer')
    out = run('explain', d, '--for-supplier', 'd-44c2c9ff99b3a45c').out
    holds(out, 'NetEngine 8000 M8', '48 75 61 77 65 69', '00:18:82:[withheld]')
    same(out, run('explain', d, '--for-supplier', 'd-44c2c9ff99b3a45c').out,
         'the same twice')


@test
def supplier_learns_no_name():
    """names and addresses inside a description are withheld, its words stay"""
    d, walk = scratched('named.dossier'), scratched('10.7.7.7.snmprec')
    with open(walk, 'w', encoding='utf-8') as f:
        f.write('1.3.6.1.2.1.1.1.0|4|Huawei Versatile Routing Platform '
                'Software V8.180 BER-CORE-7 at 10.7.7.7 or fd00:7::7, call '
                'anna@example.net, 0025-9e01-0203, since 11:12:13\n'
                '1.3.6.1.2.1.1.5.0|4|BER-CORE-7.example.net\n'
                '1.3.6.1.2.1.17.1.1.0|4x|00259e010203\n')
    run(walk, '--site', 'DE', '--as-of', DAY, '-o', d).exits(0)
    x, = [x for x in page(d)['devices'] if x['maker'] == 'huawei']
    out = run('explain', d, '--for-supplier', x['id']).exits(0).out
    holds(out, 'Huawei Versatile Routing Platform Software V8.180 [withheld] '
          'at [withheld] or [withheld], call [withheld]@[withheld], '
          '0025-9e[withheld], since [withheld]"')
    lacks(out, 'BER-CORE', 'example.net', 'anna', '10.7.7.7', '01-0203',
          b'BER-CORE'.hex(' '), x['id'])


@test
def wrong_words():
    """what is not there, or not whole, is refused before anything is signed"""
    d = fresh('wrong')
    for words in ((POWER, '--maker', 'nobody-such'),
                  ('d-0000000000000000', '--maker', 'huawei'),
                  (POWER, '--maker', 'huawei', '--incident'),
                  (POWER,),
                  (f'{POWER}/{CORE}', '--variation', '2027-01-01',
                   '--authority', 'x', '--citation', 'y'),
                  (POWER, '--maker', 'huawei', '--grade', 'G7'),
                  (POWER, '--maker', 'huawei', '--until', '2026-01-01'),
                  (POWER, '--maker', 'huawei', '--until', 'soon'),
                  (POWER, '--maker', 'huawei', '--evidence', '/no/such'),
                  ('0123456789abcdef', '--second'),
                  (POWER, '--maker', 'huawei', '--because', 'a\x1b[2Jb')):
        r = sign(d, 'attest', *words, want=2)
        assert r.err.startswith('nameplate attest: '), r.err
    sign(d, 'waive', f'{AMF}/{CORE}', '--authority', 'x', '--citation', 'y',
         want=2)
    sign(d, 'dispute', f'{AMF}/{CORE}', want=2)
    same(page(d)['statements'], [], 'nothing was signed')


@test
def hostile_words():
    """what people write is escaped on a terminal and in JSON"""
    d = fresh('hostile')
    sign(d, 'dispute', UPF, '--because', '=cmd|"</script>\\', by='<b>Ann')
    p = page(d)
    same(p['statements'][0]['because'], '=cmd|"</script>\\', 'as it was said')
    assert not re.search('[\x00-\x08\x0b-\x1f]', run('report', '-l',
                                                     d).exits(0).out)


if __name__ == '__main__':
    assert NAMEPLATE
    main()
