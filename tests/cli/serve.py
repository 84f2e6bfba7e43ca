#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""serve.py NAMEPLATE ROOT: a dossier by HTTP, as browsers and strangers ask
for it. Every server is real, on a free port of this machine. Speaks TAP."""
import glob
import gzip
import json
import os
import signal
import socket
import stat
import subprocess
import time
import warnings

from serving import PASSWORD, ROLES, Client, Server, dossier, key, private, \
    users
from tap import DAY, NAMEPLATE, ROOT, holds, lacks, main, run, same, scratched, test

warnings.simplefilter('ignore', DeprecationWarning)
import jsonschema  # noqa: E402 (warns of its own future when imported)

API = '/api/v1'
POWER = 'd-d0d9b1c7025b649e'   # probable Huawei, US-1
AMF = 'd-cbc91a236325ca9f'     # confirmed ZTE, DE-1
CORE = 'de-5g-contracts-2024/core'
HARD = {'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin'}


def openapi():
    with open(os.path.join(ROOT, 'src/serve/openapi.json'),
              encoding='utf-8') as f:
        return json.load(f)


def fits(value, name):
    doc = openapi()
    jsonschema.Draft202012Validator(
        {'$ref': f'#/components/schemas/{name}',
         'components': doc['components']}).validate(value)
    return value


def sanitized():
    """A sanitizer keeps what is freed for a while."""
    with open(NAMEPLATE, 'rb') as f:
        return b'__asan_init' in (all_ := f.read()) or b'__tsan_init' in all_


def is_hard(a):
    for k, v in HARD.items():
        same(a.headers.get(k), v, k)
    holds(a.headers['content-security-policy'], "default-src 'none'",
          "frame-ancestors 'none'")
    if 'etag' not in a.headers:
        holds(a.headers['cache-control'], 'no-store')
    else:
        holds(a.headers['cache-control'], 'no-cache')


@test
def one_time():
    """the printed address is good once, and opens a session as an analyst"""
    with Server(dossier('once')) as s:
        c = Client(s)
        c.get(API + '/devices').is_(401)
        same(fits(c.get(API + '/session').is_(200).json(),
                  'Session')['user'], None, 'nobody')
        a = c.get('/?token=' + s.token).is_(303)
        holds(a.headers['set-cookie'], 'HttpOnly', 'SameSite=Strict',
              'Max-Age=')
        same(len(a.headers['set-cookie'].split(';')[0].split('=')[1]), 64,
             '256 bits')
        same(a.headers['location'], '/', 'where to')
        c.take(a)
        who = fits(c.get(API + '/session').json(), 'Session')
        same((who['user'], who['role'], who['audience']),
             ('ann', 'analyst', 'engineer'), 'who')
        same((who['boot']['audience'], who['boot']['as_of'],
              who['boot']['live']), ('engineer', DAY, True), 'boot')
        for v in who['boot']['packs']:
            c.get(f'{API}/views/{v}').is_(200)
        Client(s).get('/?token=' + s.token).is_(403)
        Client(s).get('/?token=' + '0' * 64).is_(403)
        c.get(API + '/devices').is_(200)
        c.ask('DELETE', API + '/session').is_(204)
        c.get(API + '/devices').is_(401)


@test
def page():
    """the page has its policy and nothing of the dossier, whoever asks"""
    with Server(dossier('page')) as s:
        c = Client(s)
        first = c.get('/').is_(200)
        is_hard(first)
        p = first.headers['content-security-policy']
        holds(p, "connect-src 'self'", "form-action 'none'",
              "require-trusted-types-for 'script'")
        lacks(p, 'unsafe')
        text = first.body.decode()
        if 'This build has no page' not in text:
            holds(p, "script-src 'sha256-", "style-src 'sha256-")
        same(first.headers['content-type'], 'text/html; charset=utf-8', 'type')
        holds(text, '"live":true', 'id="np-boot"')
        lacks(text, 'Huawei', 'np:packs', 'np:meta', s.token)
        same(c.token().get('/').body, first.body, 'the same for all')
        z = c.get('/', Accept_Encoding='gzip').is_(200)
        same(gzip.decompress(z.body), first.body, 'packed')
        c.get('/', If_None_Match=first.headers['etag']).is_(304)


@test
def table():
    """every route with every role and with nobody, as the table has it"""
    routes = json.loads(run('serve', '--routes').exits(0).out)
    names = {'{name}': 'verdict', '{id}': AMF, '{n}': '1'}
    asked = 0
    with Server(dossier('table'), '--users', users(), '--key', key()) as s:
        clients = {r: Client(s).login(r) for r in ROLES}
        clients[None] = Client(s)
        for r in routes['routes']:
            path = r['path']
            for k, v in names.items():
                path = path.replace(k, v)
            for role, c in clients.items():
                if r['method'] == 'DELETE' and role:
                    c = Client(s).login(role)  # it ends
                # what is wrong in a body is found behind the role
                body = b'' if r['method'] == 'POST' else None
                a = c.ask(r['method'], path, body,
                          Content_Type='application/x-none' if body is not None
                          else '')
                may = r['anybody'] or role in r['roles']
                what = f'{r["method"]} {path} as {role}: {a.status}'
                if not may:
                    assert a.status == (403 if role else 401), what
                elif body is not None:
                    assert a.status in (415, 403) and (
                        r['anybody'] or a.status == 415), what
                else:
                    assert a.status in (200, 204, 404), what
                    assert a.status != 404 or '{id}' in r['path'] or \
                        '{n}' in r['path'], what
                is_hard(a)
                asked += 1
        same(asked, len(routes['routes']) * 6, 'asked')
        for k in routes['statements']:
            for role in ROLES:
                a = clients[role].ask('POST', API + '/statements', {
                    'kind': k['kind'], 'about': 'no such thing'})
                assert a.status == (422 if role in k['roles'] else 403), \
                    f'{k["kind"]} as {role}: {a.status} {a.body}'


@test
def audiences():
    """a viewer sees no address, name or place on the wire; an auditor no cut"""
    with Server(dossier('audiences'), '--users', users()) as s:
        full = Client(s).login('analyst')
        all_ = full.get(API + '/devices?limit=1000').json()['devices']
        hidden = [d[k] for d in all_ for k in ('address', 'mac', 'name')
                  if d[k]] + [d['id'] for d in all_]
        assert len(hidden) > 30, hidden
        few = Client(s).login('viewer')
        seen = few.get(API + '/devices?limit=1000').json()['devices']
        same(len(seen), len(all_), 'boxes')
        views = [v for v in ('verdict', 'devices')]
        text = json.dumps(seen) + ''.join(
            few.get(f'{API}/views/{v}').is_(200).body.decode() for v in views)
        text += few.get(API + '/findings').body.decode()
        text += few.get(f'{API}/devices/{seen[0]["id"]}').is_(200).body.decode()
        lacks(text, *[json.dumps(h) for h in hidden])
        assert all(d['id'].startswith('r-') for d in seen), seen[0]
        few.get(f'{API}/devices/{all_[0]["id"]}').is_(404)
        for c in (few, Client(s).login('auditor')):
            packs = c.get(API + '/session').json()['boot']['packs']
            lacks(json.dumps(packs), 'topology')
            c.get(API + '/views/topology').is_(404)


@test
def lists():
    """devices by pages, filters and lines; findings, sources, coverage"""
    with Server(dossier('lists')) as s:
        c = Client(s).token()
        whole = fits(c.get(API + '/devices?limit=1000').json(), 'Devices')
        same((whole['next'], whole['matching']),
             (None, len(whole['devices'])), 'whole')
        got, after, pages = [], '', 0
        while after is not None:
            p = fits(c.get(f'{API}/devices?limit=5{after}').is_(200).json(),
                     'Devices')
            got += p['devices']
            pages += 1
            after = p['next'] and '&after=' + p['next']
        same(got, whole['devices'], 'pages together')
        assert pages == -(-len(got) // 5) > 2, pages
        lines = c.get(API + '/devices', Accept='application/x-ndjson').is_(200)
        same(lines.headers['content-type'], 'application/x-ndjson', 'type')
        same([json.loads(x) for x in lines.body.splitlines()], got, 'lines')
        for k in ('maker', 'site', 'status', 'verdict'):
            for v in {d[k] for d in got if d[k]}:
                part = c.get(f'{API}/devices?{k}={v}&limit=1000').json()
                same(part['devices'], [d for d in got if d[k] == v], k)
        f = fits(c.get(API + '/findings?limit=1000').json(), 'Findings')
        audit = run('report', '--json', dossier('lists2')).json()
        same(sorted((x['device'], x['clause'] or '') for x in f['findings']),
             sorted((x['device'], x['clause'] or '')
                    for x in audit['findings']), 'findings')
        only = c.get(f'{API}/findings?device={AMF}').json()['findings']
        assert only and all(x['device'] == AMF for x in only), only
        src = fits(c.get(API + '/sources?limit=1000').json(), 'Sources')
        same(src['sources'], audit['sources'], 'sources')
        same(fits(c.get(API + '/coverage').json(), 'Coverage')['coverage'],
             audit['coverage'], 'coverage')
        fits(c.get(API + '/statements').json(), 'Statements')
        e = fits(c.get(f'{API}/devices/{AMF}').is_(200).json(), 'Evidence')
        same(e['id'], AMF, 'the box')
        assert e['facts'] and e['findings'], e
        for q in ('limit=0', 'limit=1001', 'limit=x', 'limit=-1'):
            c.get(f'{API}/devices?{q}').is_(400)
        c.get(API + '/devices?after=5.00000000').is_(409)
        c.get(API + '/devices/d-0').is_(404)


@test
def tags():
    """a tag is good until the dossier changes, per role and form"""
    path = dossier('tags')
    with Server(path, '--users', users(), '--key', key()) as s:
        c = Client(s).login('certifier')
        a = c.get(API + '/views/verdict').is_(200)
        fits(a.json(), 'View')
        is_hard(a)
        tag = a.headers['etag']
        b = c.get(API + '/views/verdict', If_None_Match=tag).is_(304)
        same((b.body, b.headers['etag']), (b'', tag), 'nothing anew')
        c.get(API + '/views/verdict', If_None_Match='"x", W/' + tag).is_(304)
        z = c.get(API + '/views/verdict', Accept_Encoding='br, gzip').is_(200)
        same(z.headers['content-encoding'], 'gzip', 'packed')
        same(gzip.decompress(z.body), a.body, 'the same')
        assert z.headers['etag'] != tag
        other = Client(s).login('auditor').get(API + '/views/verdict')
        assert other.headers['etag'] != tag, 'of another role'
        h = c.ask('HEAD', API + '/views/verdict').is_(200)
        same((h.body, h.headers['content-length']), (b'', str(len(a.body))),
             'HEAD')
        c.ask('POST', API + '/statements', {
            'kind': 'dispute', 'about': f'{AMF}/{CORE}', 'because': 'no'}
        ).is_(201)
        c.get(API + '/views/verdict', If_None_Match=tag).is_(200)
        # another program's change is seen too
        tag = c.get(API + '/views/verdict').headers['etag']
        run('attest', path, POWER, '--maker', 'huawei', '--by', 'bob',
            '--key', key(), '--grade', 'B2').exits(0)
        for _ in range(100):
            if c.get(API + '/views/verdict',
                     If_None_Match=tag).status == 200:
                break
            time.sleep(0.1)
        same(len(c.get(API + '/statements').json()['statements']), 2, 'both')


@test
def states():
    """a statement is signed by the server's key in the account's name"""
    path = dossier('states')
    with Server(path, '--users', users(), '--key', key()) as s:
        c = Client(s).login('analyst')
        body = {'kind': 'attest', 'about': POWER, 'fact': 'maker',
                'value': 'huawei', 'because': 'read the label', 'grade': 'B2',
                'on': '2026-11-20', 'until': None}
        fits(body, 'Saying')
        signed = fits(c.ask('POST', API + '/statements', body).is_(201).json(),
                      'Signed')
        row, = fits(c.get(API + '/statements').json(),
                    'Statements')['statements']
        same((row['id'], row['by'], row['kind'], row['device'], row['value'],
              row['because'], row['counts']),
             (signed['id'], 'analyst', 'attest', POWER, 'huawei',
              'read the label', True), 'the statement')
        e = c.get(f'{API}/devices/{POWER}').json()
        holds(json.dumps(e['findings']), 'attested')
        waive = {'kind': 'waive', 'about': f'{AMF}/{CORE}',
                 'until': '2099-01-01', 'authority': 'the Ministry',
                 'citation': 'BMI 1-23'}
        c.ask('POST', API + '/statements', waive).is_(403)
        b = Client(s).login('certifier')
        b.ask('POST', API + '/statements', waive).is_(201)
        for wrong, why in (({'kind': 'attest', 'about': 'd-0', 'fact': 'maker',
                             'value': 'zte'}, 'no such box'),
                           ({'kind': 'attest', 'about': POWER, 'fact': 'maker',
                             'value': 'nobody'}, 'maker'),
                           ({'kind': 'attest', 'about': POWER, 'fact': 'maker',
                             'value': 'zte', 'grade': 'Z9'}, 'grade'),
                           ({'kind': 'dispute', 'about': POWER, 'on': 'x'},
                            'date')):
            a = c.ask('POST', API + '/statements', wrong).is_(422)
            holds(a.json()['error'], why)
        same(len(c.get(API + '/statements').json()['statements']), 2, 'all')
    holds(run('verify', path).out, 'journal')
    with Server(dossier('nokey')) as s:
        c = Client(s).token()
        same(c.get(API + '/session').json()['signs'], False, 'signs')
        c.ask('POST', API + '/statements', body).is_(403)


@test
def uploads():
    """a capture is read by confined decoders, and one can watch"""
    path = dossier('uploads')
    tmp = scratched('spool')
    os.mkdir(tmp)
    with Server(path, '--upload-limit', '1', '--as-of', DAY, TMPDIR=tmp) as s:
        c = Client(s).token()
        with open(os.path.join(ROOT, 'tests/golden/lldp/access_point.pcap'),
                  'rb') as f:
            octets = f.read()
        before = c.get(API + '/devices').json()['matching']
        tag = c.get(API + '/devices').headers['etag']

        def send(body, query='?name=new.pcap&site=DE-1', **h):
            h.setdefault('Content_Type', 'application/octet-stream')
            return c.ask('POST', API + '/captures' + query, body, **h)

        def watch(a):
            where = a.is_(202).headers['location']
            same(where, f'{API}/captures/{a.json()["n"]}', 'where')
            while True:
                j = fits(c.get(where).is_(200).json(), 'Capture')
                if j['state'] not in ('waits', 'reads'):
                    return j
                time.sleep(0.05)

        j = watch(send(octets))
        same((j['name'], j['state'], j['size'], j['by']),
             ('new.pcap', 'read', len(octets), 'ann'), 'read')
        assert j['frames'] > 0, j
        c.get(API + '/devices', If_None_Match=tag).is_(200)
        assert c.get(API + '/devices').json()['matching'] > before
        names = [(x['name'], x['site'])
                 for x in c.get(API + '/sources?limit=1000').json()['sources']]
        assert ('new.pcap', 'DE-1') in names, names
        holds(watch(send(octets))['text'], 'already')
        same(watch(send(b'no capture at all'))['state'], 'partly', 'rubbish')
        same(watch(send(octets[:200]))['state'] in ('partly', 'read'), True,
             'cut')
        send(None, Content_Length=str(1 << 20 | 1)).is_(413)
        send(octets, '?name=..').is_(400)
        send(octets, '?site=XX-9').is_(400)
        send(octets, '?name=%1b[2J').is_(400)
        send(octets, Content_Type='text/plain').is_(415)
        all_ = fits(c.get(API + '/captures').json(), 'Captures')['captures']
        same([x['n'] for x in all_], sorted(x['n'] for x in all_), 'in order')
        same(len(all_), 4, 'uploads')
        c.get(API + '/captures/99').is_(404)
        # cut in the middle: nothing of it is left
        with socket.create_connection(('127.0.0.1', s.port)) as k:
            k.sendall(f'POST {API}/captures HTTP/1.1\r\n'
                      f'Host: 127.0.0.1:{s.port}\r\nCookie: {c.cookie}\r\n'
                      f'X-Nameplate: {c.csrf}\r\nContent-Length: 5000\r\n'
                      'Content-Type: application/octet-stream\r\n\r\n'
                      .encode() + octets[:100])
        same(watch(send(octets, '?name=again.pcap'))['state'], 'read', 'after')
        for _ in range(100):
            left = glob.glob(os.path.join(tmp, '*', '*'))
            if not left:
                break
            time.sleep(0.1)
        same(left, [], 'left')
    # judged by the party that the dossier keeps, as all before it was
    p, first = (run('report', '--json', d).exits(0).json()
                for d in (path, dossier('first-again')))
    same((p['stale'], p['summary']['in_scope']),
         ([], first['summary']['in_scope']), 'judged')


@test
def at_once():
    """captures and statements that come together are all there in the end"""
    path = dossier('at_once')
    with Server(path, '--rate', '0', '--key', key()) as s:
        c = Client(s).token()
        with open(os.path.join(ROOT, 'tests/golden/lldp/access_point.pcap'),
                  'rb') as f:
            octets = f.read()
        for i in range(4):
            c.ask('POST', f'{API}/captures?name=n{i}.pcap', octets + bytes(i),
                  Content_Type='application/octet-stream').is_(202)
            c.ask('POST', API + '/statements', {
                'kind': 'dispute', 'about': f'{AMF}/{CORE}',
                'because': f'reason {i}'}).is_(201)
        same(sorted(x['because'] for x in
                    c.get(API + '/statements').json()['statements']),
             [f'reason {i}' for i in range(4)], 'statements')
        assert {f'n{i}.pcap' for i in range(4)} <= {
            x['name'] for x in
            c.get(API + '/sources?limit=1000').json()['sources']}
        same(s.said().count('nameplate: '), 1, s.said())


@test
def strangers():
    """another name, another origin, no word in the header: refused"""
    with Server(dossier('strangers'), '--users', users(), '--key', key(),
                '--name', 'np.example.net') as s:
        c = Client(s).login('certifier')
        for host in ('evil.example', f'127.0.0.1:{s.port + 1}', '127.0.0.1',
                     '', f'evil.example:{s.port}'):
            c.get(API + '/session', Host=host or ' ').is_(421)
        for host in (f'localhost:{s.port}', f'LOCALHOST:{s.port}',
                     'np.example.net', f'np.example.net:{s.port}'):
            c.get(API + '/session', Host=host).is_(200)
        say = {'kind': 'dispute', 'about': f'{AMF}/{CORE}', 'because': 'no'}
        c.ask('POST', API + '/statements', say,
              Origin='https://evil.example').is_(403)
        c.ask('POST', API + '/statements', say, Origin='null').is_(403)
        c.ask('POST', API + '/statements', say,
              Sec_Fetch_Site='cross-site').is_(403)
        c.ask('POST', API + '/statements', say, X_Nameplate='').is_(403)
        c.ask('POST', API + '/statements', say,
              X_Nameplate=Client(s).login('certifier').csrf).is_(403)
        c.ask('DELETE', API + '/session', X_Nameplate='0' * 64).is_(403)
        Client(s).ask('POST', API + '/session', json.dumps(
            {'user': 'certifier', 'password': PASSWORD}),
            Content_Type='text/plain').is_(403)
        same(c.get(API + '/statements').json()['statements'], [], 'nothing')
        c.ask('POST', API + '/statements', say,
              Origin=f'http://127.0.0.1:{s.port}').is_(201)
        c.get(API + '/devices', Cookie=c.cookie[:-1] + '0').is_(401)
        c.get(API + '/devices', Cookie='; '.join([c.cookie, c.cookie])
              ).is_(401)
        p = c.ask('PUT', API + '/devices').is_(405)
        same(p.headers['allow'], 'GET', 'Allow')
        c.ask('OPTIONS', API + '/devices').is_(405)


@test
def odd():
    """requests that are not in their plain form are refused, and no more"""
    with Server(dossier('odd')) as s:
        c = Client(s).token()
        for path, want in (('/../etc/passwd', 400), ('//', 400),
                           ('/api//v1/devices', 400), ('/api/v1/%2e%2e', 400),
                           ('/api/v1/devices/', 404), ('/api', 404),
                           ('/%zz', 400), ('/%', 400), ('/%f', 400),
                           ('/%00', 400), ('/%c3%28', 400), ('/%e2%80%ae', 400),
                           ('/api/v1/devices?x=%', 400),
                           ('/api/v1/devices?limit=1&limit=2', 400),
                           ('/api/v1/devices?=1', 400),
                           ('/a/b/c/d/e/f/g/h/i/j', 404),
                           ('/' + 'a' * 3000, 414),
                           ('/api/v1/views/nothing', 404),
                           ('/api/v1/devices?maker=' + 'x' * 100, 400)):
            a = c.get(path)
            assert a.status == want, f'{path[:40]}: {a.status}'
        for raw, want in ((b'GET / HTTP/1.1\r\n\r\n', b'400'),
                          (b'GET /\r\n\r\n', None),
                          (b'\x00\x01\x02\r\n\r\n', None),
                          (b'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
                           b'400'),
                          (b'GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n'
                           b'Content-Length: 3\r\n\r\nabc' % s.port, b'413'),
                          (b'GET / HTTP/1.1\r\n' + b'A: ' + b'x' * 60000 +
                           b'\r\n\r\n', b'431')):
            with socket.create_connection(('127.0.0.1', s.port)) as k:
                k.settimeout(10 if want else 1)
                k.sendall(raw)
                try:
                    got = k.recv(4096)
                except OSError:
                    assert not want, raw[:40]
                    got = b''
                if want:
                    assert b' ' + want in got[:16], (raw[:40], got[:60])
        Client(s).ask('POST', API + '/statements', None, Cookie=c.cookie,
                      X_Nameplate=c.csrf, Content_Length='40000',
                      Content_Type='application/json').is_(413)
        with socket.create_connection(('127.0.0.1', s.port)) as k:
            k.sendall(f'POST {API}/statements HTTP/1.1\r\n'
                      f'Host: 127.0.0.1:{s.port}\r\nCookie: {c.cookie}\r\n'
                      f'X-Nameplate: {c.csrf}\r\n'
                      'Content-Type: application/json\r\n'
                      'Transfer-Encoding: chunked\r\n\r\n'.encode())
            holds(k.recv(4096).decode(), '411')
        c.get(API + '/devices').is_(200)


@test
def bodies():
    """what is no flat object of texts is refused"""
    with Server(dossier('bodies'), '--key', key()) as s:
        c = Client(s).token()
        for body in ('', '[]', '{', '{"kind":1}', '{"kind":{}}', 'null',
                     '{"kind":"attest","kind":"attest"}', '{"x":"y"}',
                     '{"kind":"attest","about":"a\\u0000b"}',
                     '{"kind":"attest","about":"\\u001b[2J"}',
                     '{"kind":"attest","about":"\\u202ex"}',
                     '{"kind":"attest"} {}', '[' * 5000,
                     '{"kind":"nothing","about":"x"}', '{"kind":"attest"}'):
            a = c.ask('POST', API + '/statements', body,
                      Content_Type='application/json')
            assert a.status == 400, f'{body[:60]}: {a.status} {a.body}'


@test
def accounts():
    """accounts: argon2id in a file of its owner, changed while it serves"""
    path = scratched('few')
    word = private('word', 'a long enough word\n')

    def add(name, *words, want=0):
        return run('serve', '--users', path, '--add-user', name,
                   '--password-file', word, *words).exits(want)

    holds(add('ann', '--role', 'auditor').out, 'ann auditor')
    holds(add('bob@example.net', '--role', 'viewer').out, 'bob')
    same(stat.S_IMODE(os.stat(path).st_mode), 0o600, 'mode')
    with open(path, encoding='utf-8') as f:
        text = f.read()
    holds(text, '\nann auditor $argon2id$v=19$')
    lacks(text, 'long enough')
    for bad in ('', 'a b', '-x', 'x' * 65, 'a\nb', '../x'):
        add(bad, '--role', 'viewer', want=2)
    add('eve', '--role', 'king', want=2)
    add('eve', want=2)
    private('short', 'short\n')
    run('serve', '--users', path, '--add-user', 'eve', '--role', 'viewer',
        '--password-file', scratched('short')).exits(2)
    with Server(dossier('accounts'), '--users', path) as s:
        same(s.token, None, 'no one-time word')
        c = Client(s).login('ann', 'a long enough word')
        same(c.get(API + '/session').json()['role'], 'auditor', 'role')
        for user, password in (('ann', 'another word'), ('nobody', 'x'),
                               ('ann', '')):
            Client(s).ask('POST', API + '/session', {
                'user': user, 'password': password}).is_(401)
        run('serve', '--users', path, '--remove-user', 'ann').exits(0)
        for _ in range(100):
            if c.get(API + '/devices').status == 401:
                break
            time.sleep(0.1)
        c.get(API + '/devices').is_(401)
    run('serve', '--users', path, '--remove-user', 'ann').exits(2)
    os.chmod(path, 0o644)
    holds(run('serve', dossier('open'), '--users', path).exits(2).err, path)
    private('bad', 'ann king $argon2id$x\n')
    holds(run('serve', dossier('open'), '--users', scratched('bad')
              ).exits(2).err, ':1:')


@test
def attempts():
    """who fails to log in waits longer and longer; others need not"""
    with Server(dossier('attempts'), '--users', users()) as s:
        bad = {'user': 'auditor', 'password': 'guess'}
        c = Client(s, '127.0.0.2')
        got = [c.ask('POST', API + '/session', bad).status for _ in range(6)]
        same(got, [401] * 4 + [429] * 2, 'attempts')
        a = c.ask('POST', API + '/session', bad).is_(429)
        assert 1 <= int(a.headers['retry-after']) <= 4, a.headers
        # the right password does not help this address now
        c.ask('POST', API + '/session', {
            'user': 'viewer', 'password': PASSWORD}).is_(429)
        Client(s, '127.0.0.3').login('viewer')
        time.sleep(2.2)
        Client(s).login('auditor')


@test
def proxied():
    """behind a proxy cookies are for TLS, and its address locks nobody out"""
    with Server(dossier('proxied'), '--users', users(), '--behind-tls',
                '--name', 'np.example.net') as s:
        for _ in range(5):
            Client(s).ask('POST', API + '/session', {
                'user': 'auditor', 'password': 'guess'})
        a = Client(s).ask('POST', API + '/session', {
            'user': 'viewer', 'password': PASSWORD},
            Host='np.example.net', Origin='https://np.example.net').is_(200)
        holds(a.headers['set-cookie'], '; Secure')
        Client(s).ask('POST', API + '/session', {
            'user': 'auditor', 'password': PASSWORD}).is_(429)


@test
def rates():
    """a session has so many requests a second, a stranger his own"""
    with Server(dossier('rates'), '--rate', '5') as s:
        c = Client(s).token()
        got = [c.get(API + '/session').status for _ in range(40)]
        assert got[0] == 200 and got[-1] == 429, got
        assert 8 <= got.count(200) <= 20, got
        a = c.get(API + '/session')
        assert a.status == 200 or int(a.headers['retry-after']) >= 1, a.status
        Client(s).get(API + '/session').is_(200)
        time.sleep(0.5)
        c.get(API + '/session').is_(200)


@test
def slow():
    """clients that are slow, mute or gone block nobody, and are cut"""
    with Server(dossier('slow'), '--rate', '0') as s:
        c = Client(s).token()
        mute = []
        for i in range(600):
            k = socket.socket()
            k.settimeout(5)
            k.bind(('127.0.0.2', 0))
            try:
                k.connect(('127.0.0.1', s.port))
                k.sendall(b'GET / HTTP/1.1\r\nX-A: ' + b'a' * (i % 7))
            except OSError:
                pass  # beyond what one address may have
            mute.append(k)
        reading = []
        for i in range(20):
            k = socket.create_connection(('127.0.0.1', s.port))
            k.sendall(f'GET {API}/views/devices HTTP/1.1\r\nCookie: '
                      f'{c.cookie}\r\nHost: 127.0.0.1:{s.port}\r\n\r\n'
                      .encode())
            reading.append(k)
            if i % 2:
                k.close()
        worst = 0
        for _ in range(50):
            t = time.time()
            c.get(API + '/devices').is_(200)
            Client(s).get('/').is_(200)
            worst = max(worst, time.time() - t)
        assert worst < 2, worst
        # a drip of an octet a second does not keep a connection
        k = socket.create_connection(('127.0.0.1', s.port))
        k.sendall(b'GET / HTTP/1.1\r\n')
        t, cut = time.time(), False
        k.settimeout(1)
        while time.time() - t < 40 and not cut:
            try:
                k.sendall(b'X')
                cut = k.recv(1) == b''
            except socket.timeout:
                continue
            except OSError:
                cut = True
        assert cut and time.time() - t < 35, time.time() - t
        for x in mute + reading + [k]:
            x.close()
        Client(s).get(API + '/devices', Cookie=c.cookie).is_(200)


@test
def loads():
    """a thousand requests by 16 connections: no error, memory stays"""
    with Server(dossier('loads'), '--rate', '0') as s:
        c = Client(s).token()

        def rss():
            with open(f'/proc/{s.p.pid}/status', encoding='utf-8') as f:
                return [int(x.split()[1]) for x in f
                        if x.startswith('VmRSS')][0]

        def load(n):
            many = [Client(s) for _ in range(16)]
            for i in range(n):
                for path in ('/', API + '/devices?limit=20',
                             API + '/views/verdict'):
                    many[i % 16].get(path, Cookie=c.cookie).is_(200)

        load(200)
        before = rss()
        load(400)
        assert rss() - before < 2048 or sanitized(), \
            f'{before} kB, then {rss()} kB'


@test
def described():
    """every route is in the OpenAPI file, and nothing else is"""
    routes = json.loads(run('serve', '--routes').exits(0).out)['routes']
    doc = openapi()
    same(sorted((r['method'].lower(), r['path']) for r in routes),
         sorted((m, p) for p, x in doc['paths'].items() for m in x), 'routes')
    for r in routes:
        op = doc['paths'][r['path']][r['method'].lower()]
        same(op.get('security') == [], r['anybody'], r['path'])
        same(bool(r['method'] != 'GET' and not r['anybody']),
             '"X-Nameplate"' in json.dumps(op), f'{r["path"]}: header')
        same({f'{{{p["name"]}}}' for p in op.get('parameters', [])
              if p['in'] == 'path'},
             {x for x in r['path'].split('/') if x.startswith('{')}, 'in path')
    for name, x in doc['components']['schemas'].items():
        jsonschema.Draft202012Validator.check_schema(x)
        assert f'"#/components/schemas/{name}"' in json.dumps(doc), name
    with Server(dossier('described')) as s:
        same(Client(s).get(API + '/openapi.json').is_(200).json(), doc,
             'as served')
        roles = doc['components']['schemas']['Session']['properties']['role']
        same([r for r in roles['enum'] if r], ROLES, 'roles')
        v = doc['paths']['/api/v1/views/{name}']['get']['parameters'][0]
        with open(os.path.join(ROOT, 'src/view/views.def'),
                  encoding='utf-8') as f:
            have = [x.strip()[8:-1] for x in f if x.startswith('NP_VIEW(')]
        assert set(have) <= set(v['schema']['enum']), have


@test
def ends():
    """Ctrl-C ends it with 130, SIGTERM with 0; nothing is left in its folder"""
    for sig, rc in ((signal.SIGINT, 130), (signal.SIGTERM, 0)):
        tmp = scratched(f'tmp{rc}')
        os.mkdir(tmp)
        with Server(dossier('ends'), TMPDIR=tmp) as s:
            same(len(os.listdir(tmp)), 1, 'its folder')
            k = socket.create_connection(('127.0.0.1', s.port))
            k.sendall(b'GET / HT')
            t = time.time()
            same(s.ends(sig), rc, 'exit')
            assert time.time() - t < 5, 'at once'
            k.close()
        same(os.listdir(tmp), [], 'its folder')
    children = subprocess.run(['pgrep', '-f', 'ends.dossier'],
                              capture_output=True, text=True).stdout
    same(children, '', 'nobody is left')


@test
def asked_wrong():
    """what cannot be served is said, by exit code and sentence"""
    d = dossier('wrong')
    holds(run('serve').exits(2).err, 'one dossier')
    run('serve', scratched('none.dossier')).exits(4)
    holds(run('serve', d, '--listen', '0.0.0.0').exits(2).err, 'accounts')
    holds(run('serve', d, '--listen', 'example.net', '--users', users()
              ).exits(2).err, 'address')
    holds(run('serve', d, '--role', 'king').exits(2).err, 'viewer, analyst')
    holds(run('serve', d, '--port', '70000').exits(2).err, '65535')
    holds(run('serve', d, '--name', 'a b', '--port', '0').exits(2).err, 'name')
    with Server(d) as s:
        r = run('serve', d, '--port', str(s.port)).exits(4)
        holds(r.err, 'taken')
    text = run('serve', '--help').exits(0).out
    lacks(text, '--password TEXT', '--token')


if __name__ == '__main__':
    main()
