# SPDX-License-Identifier: ISC
"""A real server on a free port of this machine, and clients of it."""
import http.client
import json
import os
import re
import signal
import subprocess

from tap import DAY, NAMEPLATE, OPERATOR, ROOT, run, scratched

PASSWORD = 'correct horse battery'
ROLES = ['viewer', 'analyst', 'planner', 'certifier', 'auditor']
made = {}


def dossier(name):
    """A copy of the operator's, for a test that writes."""
    first = scratched('first.dossier')
    if not os.path.exists(first):
        run(OPERATOR, '--as-of', DAY, '-o', first).exits(0)
    path = scratched(name + '.dossier')
    with open(first, 'rb') as f, open(path, 'wb') as to:
        to.write(f.read())
    return path


def private(name, text):
    path = scratched(name)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    os.chmod(path, 0o600)
    return path


def users():
    """An account a role, of the role's name."""
    path = scratched('users')
    if 'users' not in made:
        made['users'] = True
        word = private('password', PASSWORD + '\n')
        for role in ROLES:
            run('serve', '--add-user', role, '--role', role, '--users', path,
                '--password-file', word).exits(0)
    return path


def key():
    path = scratched('server')
    if not os.path.exists(path + '.key'):
        run('keygen', path, '--no-password').exits(0)
    return path + '.key'


class Server:
    def __init__(self, path, *words, **env):
        self.err = open(scratched('serve.err'), 'w+', encoding='utf-8')
        self.p = subprocess.Popen(
            [NAMEPLATE, 'serve', path, '--port', '0', *words], cwd=ROOT,
            stdout=subprocess.PIPE, stderr=self.err, text=True,
            env={'PATH': os.environ['PATH'], 'LC_ALL': 'C.UTF-8',
                 'USER': 'ann', **env})
        self.url = self.p.stdout.readline().strip()
        m = re.fullmatch(r'http://([\d.]+|\[::1\]):(\d+)/(\?token=(\w+))?',
                         self.url)
        assert m, f'no address: {self.url!r}: {self.said()}'
        self.host, self.port, self.token = m[1], int(m[2]), m[4]

    def said(self):
        self.err.flush()
        with open(self.err.name, encoding='utf-8') as f:
            return f.read()

    def ends(self, sig=signal.SIGTERM):
        self.p.send_signal(sig)
        rc = self.p.wait(60)
        self.p.stdout.close()
        self.err.close()
        return rc

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.p.poll() is None:
            assert self.ends() == 0, self.said()


class Answer:
    def __init__(self, r, asked):
        self.asked = asked
        self.status, self.body = r.status, r.read()
        self.headers = {k.lower(): v for k, v in r.getheaders()}

    def json(self):
        return json.loads(self.body)

    def is_(self, status):
        assert self.status == status, f'{self.asked}: {self.status}, ' \
            f'not {status}: {self.body[:400]}'
        return self


class Client:
    def __init__(self, server, address=None):
        self.s, self.cookie, self.csrf = server, None, None
        self.c = http.client.HTTPConnection(
            '127.0.0.1', server.port, timeout=60,
            source_address=(address, 0) if address else None)

    def ask(self, method, path, body=None, **headers):
        h = {k.replace('_', '-'): v for k, v in headers.items()}
        if self.cookie:
            h.setdefault('Cookie', self.cookie)
        if self.csrf and method != 'GET':
            h.setdefault('X-Nameplate', self.csrf)
        if isinstance(body, dict):
            body = json.dumps(body)
            h.setdefault('Content-Type', 'application/json')
        self.c.request(method, path, body, {k: v for k, v in h.items() if v})
        return Answer(self.c.getresponse(), f'{method} {path[:80]}')

    def get(self, path, **headers):
        return self.ask('GET', path, **headers)

    def take(self, a):
        """The session that an answer opens."""
        self.cookie = a.headers['set-cookie'].split(';')[0]
        self.csrf = self.get('/api/v1/session').is_(200).json()['csrf']
        return self

    def token(self):
        return self.take(self.get('/?token=' + self.s.token).is_(303))

    def login(self, user, password=PASSWORD):
        return self.take(self.ask('POST', '/api/v1/session', {
            'user': user, 'password': password}).is_(200))
