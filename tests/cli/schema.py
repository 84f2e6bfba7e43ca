# SPDX-License-Identifier: ISC
"""The shape of `audit --json`, as the contract fixes it (section 4). A shape is
a type, a tuple of alternatives, a list of one shape, or a map of members that
all have to be there; more members may be."""
import re


class Text:
    def __init__(self, pattern):
        self.pattern = re.compile(pattern)


class OneOf:
    def __init__(self, *words):
        self.words = words


NULL = type(None)
TIME = Text(r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$')
DAY = Text(r'^\d{4}-\d\d-\d\d$')
HASH = Text(r'^[0-9a-f]{64}$')
COUNT = int
NAME = (str, NULL)

CLAIM = {'what': str, 'maker': NAME, 'value': NAME, 'rule': str,
         'field': str, 'text': NAME, 'grade': Text('^E[1-5]$'), 'group': str,
         'scope': OneOf('self', 'peer', 'third'),
         'reach': OneOf('link', 'bridged', 'routed', 'relayed'),
         'at': COUNT, 'unit': OneOf('frame', 'stream'), 'sighting': HASH}
AUDIT = {
    'schema': Text(r'^nameplate\.audit/1$'),
    'as_of': DAY,
    'knowledge': dict,
    'sources': [{'name': str, 'sha256': (HASH, NULL), 'kind': NAME,
                 'frames': COUNT, 'bytes': COUNT, 'first': (TIME, NULL),
                 'last': (TIME, NULL), 'drops': (COUNT, NULL),
                 'malformed': COUNT,
                 'status': OneOf('read', 'truncated', 'broken')}],
    'devices': [{'id': Text('^d-[0-9a-f]{16}$'),
                 'role_in_source': OneOf('subject', 'neighbour'),
                 'maker': NAME, 'maker_name': NAME, 'brand': NAME,
                 'model': NAME, 'family': NAME, 'version': NAME,
                 'serial': NAME, 'function': NAME,
                 'verdict': OneOf('confirmed', 'probable', 'possible',
                                  'disputed', 'unknown'),
                 'like': NAME, 'counted_as': NAME,
                 'confidence': (float, NULL), 'like_cases': ([COUNT], NULL),
                 'owner': OneOf('operator', 'subscriber', 'unknown'),
                 'origin': OneOf('field', 'laboratory', 'constructed'),
                 'keys': dict, 'site': NAME, 'components': list,
                 'roles': [{'role': str, 'interface': NAME,
                            'protocol': str}],
                 'claims': [CLAIM], 'contradictions': [CLAIM],
                 'sightings': [HASH]}],
    'findings': [{'id': str, 'device': Text('^d-[0-9a-f]{16}$'),
                  'clause': NAME, 'jurisdiction': NAME, 'duty': NAME,
                  'status': OneOf('in scope', 'in scope (text not read)',
                                  'component in scope',
                                  'component in scope (text not read)',
                                  'contested', 'exempt', 'not bound',
                                  'undetermined', 'not in scope',
                                  'no rule on file',
                                  'rules on file, not judged'),
                  'sure': (OneOf('primary', 'secondary'), NULL),
                  'bound': NAME, 'text': str, 'missing': NAME,
                  'date': (DAY, NULL), 'days': (int, NULL),
                  'citation': NAME, 'because': NAME}],
    'coverage': [{'site': NAME, 'segment': NULL, 'method': NAME,
                  'first': (TIME, NULL), 'last': (TIME, NULL),
                  'frames': COUNT, 'drops': (COUNT, NULL), 'status': str}],
    'roles': [{'role': str, 'name': str, 'boxes': COUNT,
               'makers': [{'maker': NAME, 'rival': NAME, 'boxes': COUNT,
                           'verdict': OneOf('confirmed', 'probable',
                                            'possible', 'disputed',
                                            'unknown')}],
               'interfaces': [{'protocol': str, 'interface': NAME,
                               'boxes': COUNT}]}],
    'summary': {'devices': COUNT, 'sightings': COUNT, 'confirmed': COUNT,
                'probable': COUNT, 'possible': COUNT, 'disputed': COUNT,
                'unknown': COUNT, 'subscribers': COUNT, 'in_scope': COUNT,
                'undetermined': COUNT, 'dropped_by_limit': COUNT},
}


def check(value, shape, at='$'):
    """Raises with the path of the first value that does not fit."""
    if isinstance(shape, tuple):
        wrong = []
        for s in shape:
            try:
                return check(value, s, at)
            except AssertionError as e:
                wrong.append(str(e))
        raise AssertionError(wrong[0])
    if isinstance(shape, dict):
        assert isinstance(value, dict), f'{at}: not an object'
        for k, s in shape.items():
            assert k in value, f'{at}.{k}: not there'
            check(value[k], s, f'{at}.{k}')
    elif isinstance(shape, list):
        assert isinstance(value, list), f'{at}: not a list'
        for i, v in enumerate(value):
            check(v, shape[0], f'{at}[{i}]')
    elif isinstance(shape, Text):
        assert isinstance(value, str) and shape.pattern.search(value), \
            f'{at}: {value!r} is not {shape.pattern.pattern}'
    elif isinstance(shape, OneOf):
        assert value in shape.words, f'{at}: {value!r}'
    else:
        assert isinstance(value, shape) and not (
            shape is int and isinstance(value, bool)), f'{at}: {value!r}'
    return None
