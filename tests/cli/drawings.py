#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""drawings.py NAMEPLATE ROOT: the drawings in the page of the demonstration
operator: counts that add up, nothing that overlaps, nothing that an audience
may not see, the same octets twice. Speaks TAP."""
import base64
import json
import os
import re
import zlib
from datetime import date

from tap import OPERATOR, main, run, same, scratched, test

DAY = '2026-11-23'
PACK = re.compile(r'id="np-([\w-]+)">([A-Za-z0-9+/=\s]*)</script>')
FATES = ('in_scope', 'undetermined', 'other', 'unknown')


def planned():
    """The dossier, with a plan in it."""
    path = scratched('drawn.dossier')
    if not os.path.exists(path):
        run('audit', OPERATOR, '--as-of', DAY, '-o', path).exits(0)
        run('plan', path, '--as-of', DAY, '--plan', OPERATOR + '/plan.yaml',
            '--costs', OPERATOR + '/costs.csv').exits(0)
    return path


def bare():
    path = scratched('bare.dossier')
    if not os.path.exists(path):
        run('audit', OPERATOR, '--as-of', DAY, '-o', path).exits(0)
    return path


def text(whom, path, *more):
    out = scratched(f'{whom}.html')
    run('report', path, '--as-of', DAY, '--for', whom, '-o', out,
        *more).exits(0)
    with open(out, encoding='utf-8') as f:
        return f.read()


def packs(whom='engineer', path=None, *more):
    return {name: json.loads(zlib.decompress(base64.b64decode(b)))
            for name, b in PACK.findall(text(whom, path or planned(), *more))
            if name != 'boot'}


def column(c):
    if isinstance(c, dict):
        return [None if v < 0 else c['dict'][v] for v in c['v']]
    return c


def apart(rects, what):
    """No two share more than an edge, as they are written."""
    box = [[round(10 * v) for v in r] for r in rects]
    for i, (x, y, w, h) in enumerate(box):
        for a, b, c, d in box[:i]:
            if x < a + c and a < x + w and y < b + d and b < y + h:
                raise AssertionError(f'{what}: {(x, y, w, h)} lies on '
                                     f'{(a, b, c, d)}')


@test
def treemap_adds_up():
    p = packs()
    nodes, n = p['treemap']['nodes'], p['devices']['n']
    w, h = p['treemap']['box']
    top = [x for x in nodes if x['parent'] < 0]
    same(sum(x['n'] for x in top), n, 'boxes of all makers')
    for i, x in enumerate(nodes):
        below = [y for y in nodes if y['parent'] == i]
        same(x['kind'], ('maker', 'family', 'site')[x['depth']], 'kind')
        if x['in_scope'] > x['n']:
            raise AssertionError('more in scope than there are')
        if not below:
            same(x['depth'] == 2 or x['more'] > 0, True, 'ends early')
            continue
        for what in ('n', 'in_scope'):
            same(sum(y[what] for y in below), x[what], f'{what} of parts')
        apart([[y['x'], y['y'], y['w'], y['h']] for y in below], 'siblings')
        for y in below:
            if (y['x'] < x['x'] or y['y'] < x['y'] or
                    y['x'] + y['w'] > x['x'] + x['w'] + 0.11 or
                    y['y'] + y['h'] > x['y'] + x['h'] + 0.11):
                raise AssertionError(f'{y} leaves {x}')
    area = sum(x['w'] * x['h'] for x in top)
    if abs(area - w * h) > 0.01 * w * h:
        raise AssertionError(f'the box is not filled: {area}')
    for x in top:
        want = x['n'] / n * w * h
        if abs(x['w'] * x['h'] - want) > 0.2 * (x['w'] + x['h']) + 0.1:
            raise AssertionError(f'area of {x["key"]}')


@test
def flow_conserves_boxes():
    p = packs()
    f, n = p['flow'], p['devices']['n']
    same(f['columns'], ['place', 'maker', 'function', 'finding'], 'columns')
    for c in range(4):
        same(sum(x['n'] for x in f['nodes'] if x['column'] == c), n,
             f'boxes in column {c}')
    for i, x in enumerate(f['nodes']):
        if x['column']:
            same(sum(l['n'] for l in f['links'] if l['to'] == i), x['n'],
                 f'what comes into {x["key"]}')
        if x['column'] < 3:
            same(sum(l['n'] for l in f['links'] if l['from'] == i), x['n'],
                 f'what goes out of {x["key"]}')
    for c in range(3):
        same(sum(l['n'] for l in f['links'] if l['status'] == 'in_scope' and
                 f['nodes'][l['from']]['column'] == c),
             sum(x['n'] for x in f['nodes'] if x['key'] in (
                 'in_scope', 'component_in_scope')), 'in scope all the way')
    for l in f['links']:
        same(f['nodes'][l['to']]['column'],
             f['nodes'][l['from']]['column'] + 1, 'to the next column')
        if not re.fullmatch(r'M[-\d. ]+C[-\d. ]+', l['d']):
            raise AssertionError(l['d'])
    apart([[x['x'], x['y'], x['w'], x['h']] for x in f['nodes']], 'nodes')


@test
def map_is_where_sites_are():
    p = packs()
    m, n = p['map'], p['devices']['n']
    s = m['sites']
    count = sum(sum(s[f]) for f in FATES) + m['unplaced']
    same(count, n, 'boxes on the map and off it')
    same(sum(c[f] for c in m['countries'].values() for f in FATES), n -
         m['unplaced'], 'boxes by country')
    at = dict(zip(s['id'], zip(s['x'], s['y'], column(s['country']))))
    with open(os.path.join(os.environ['NP_ROOT'], OPERATOR,
                           'sites.geojson'), encoding='utf-8') as f:
        stated = {x['properties'].get('site') or x.get('id'):
                  x['geometry']['coordinates']
                  for x in json.load(f)['features'] if x['geometry']}
    seen = 0
    for site, (x, y, _) in at.items():
        if x is None:
            continue
        seen += 1
        if not (0 <= x <= 1000 and 0 <= y <= 487):
            raise AssertionError(f'{site} is off the map')
        if site in stated:
            lon, lat = stated[site]
            same(x > 500, lon > 0, f'{site}, east of Greenwich')
            same(y < 243.5, lat > 0, f'{site}, north of the equator')
    same(seen > 0, True, 'some site is located')
    looked = dict(zip(s['id'], s['looked']))
    same(looked['US-2'], 0, 'nobody looked there')
    same(looked['DE-1'] > 0, True, 'somebody looked there')


@test
def topology_knows_every_link():
    p = packs()
    t = p['topology']
    nodes, edges = t['nodes'], t['edges']
    w, h = t['box']
    same(len(set(nodes['device'])), nodes['n'], 'each box once')
    for x, y, c in zip(nodes['x'], nodes['y'], nodes['cluster']):
        d = t['clusters'][c]
        same(0 <= x <= w and 0 <= y <= h, True, 'in the box')
        if (x - d['x']) ** 2 + (y - d['y']) ** 2 > (d['r'] + 0.2) ** 2:
            raise AssertionError('a box outside of its site')
    same(sum(c['n'] for c in t['clusters']), nodes['n'], 'boxes of clusters')
    for i, a in enumerate(t['clusters']):
        same(sum(a[f] for f in FATES), a['n'], 'fates of a cluster')
        for b in t['clusters'][:i]:
            far = ((a['x'] - b['x']) ** 2 + (a['y'] - b['y']) ** 2) ** .5
            if far < a['r'] + b['r'] - 0.3:
                raise AssertionError('clusters overlap')
    for k in ('a', 'b'):
        same(len(edges[k]), edges['n'], 'ends')
    crossing = sum(nodes['cluster'][a] != nodes['cluster'][b]
                   for a, b in zip(edges['a'], edges['b']))
    same(sum(t['cluster_edges']['n']), crossing, 'links between sites')
    same(len(nodes['cut']), nodes['n'], 'cut points for the engineer')


@test
def plan_becomes_bars():
    p = packs()
    g = p['gantt']
    lanes = {}
    for b in g['bars']:
        same(b['from'] <= b['to'], True, 'from before to')
        lanes.setdefault((b['row'], b['lane']), []).append(b)
        if b['device'] >= 0:
            same(p['devices']['columns']['id'][b['device']] is not None, True,
                 'a row of the table')
    for bars in lanes.values():
        bars.sort(key=lambda b: b['from'])
        for a, b in zip(bars, bars[1:]):
            if b['from'] <= a['to']:
                raise AssertionError(f'{a} and {b} in one lane')
    for i, row in enumerate(g['rows']):
        mine = [b for b in g['bars'] if b['row'] == i]
        days = sorted({d for b in mine for d in (b['from'], b['to'])})
        spans = {}
        for b in mine:
            s = spans.setdefault(b['lane'], [])
            s.append((b['from'], b['to']))
        same(set(spans), set(range(row['lanes'])), 'every lane is used')
    apart([[b['x'], b['y'], b['w'], b['h']] for b in g['bars']], 'bars')
    same({b['site'] for b in g['bars']} <= {r['label'] for r in g['rows']},
         True, 'rows are sites')
    # D01 goes in the first wave, and no bar is longer than the plan.
    same(min(b['from'] for b in g['bars']), g['start'], 'begins with it')
    same(len(g['periods']), 14, 'waves')
    late = [b for b in g['bars'] if b['late']]
    same(all(b['due'] for b in late), True, 'late for a date')
    same(g['cost']['currency'], 'EUR', 'currency')
    same(g['cost']['low'] <= g['cost']['expected'] <= g['cost']['high'], True,
         'three figures')


@test
def burn_down_ends_at_nothing():
    b = packs()['burndown']
    line = {s['name']: s for s in b['series']}
    same([s['name'] for s in b['series']], ['planned', 'actual', 'deadline'],
         'three lines')
    points = line['planned']['points']
    same(points[0][1], b['boxes'], 'all at first')
    same(points[-1][1], 0, 'none at last')
    for s in b['series'] + b['risk']:
        days = [date.fromisoformat(p[0]) for p in s['points']]
        left = [p[1] for p in s['points']]
        same(days, sorted(days), 'days')
        same(left, sorted(left, reverse=True), 'it only falls')
    same(sum(d['n'] for d in b['deadlines']) > 0, True, 'dates of the law')
    same(b['forecast']['finish'], None, 'nothing was removed yet')


@test
def no_plan_says_what_to_run():
    p = packs('engineer', bare())
    for name in ('burndown', 'gantt'):
        same('nameplate plan' in p[name]['note'], True, name)
    same(p['gantt']['bars'], [], 'no bars')
    same(p['burndown']['forecast'], None, 'no forecast')
    same(sum(d['n'] for d in p['burndown']['deadlines']) > 0, True,
         'the dates of the law stand without a plan')


@test
def audiences_see_what_they_may():
    for whom in ('auditor', 'regulator', 'public'):
        p = packs(whom)
        same('topology' in p, False, f'{whom}: topology')
        same(p['map']['zones'], [], f'{whom}: zones')
        same('burndown' in p, whom != 'public', f'{whom}: burn-down')
    p = packs('public')
    same(p['map']['sites']['n'], 0, 'public: sites')
    same({x['kind'] for x in p['treemap']['nodes']}, {'maker', 'family'},
         'public: treemap')
    same(packs('regulator')['gantt']['cost'], None, 'regulator: money')
    same(packs('engineer')['map']['zones'] != [], True, 'engineer: zones')


@test
def twice_the_same_octets():
    same(text('engineer', planned()) == text('engineer', planned()), True,
         'the page')


if __name__ == '__main__':
    main()
