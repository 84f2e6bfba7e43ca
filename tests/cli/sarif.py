# SPDX-License-Identifier: ISC
"""What SARIF 2.1.0 asks of the part of it that is written here, from the
standard's text (sections 3.13 to 3.58). Nothing else may be there, but in
property bags."""


def closed(required=(), **properties):
    return {'type': 'object', 'properties': properties,
            'required': list(required), 'additionalProperties': False}


TEXT = {'type': 'string', 'minLength': 1}
MESSAGE = closed(['text'], text=TEXT)
LEVEL = {'enum': ['none', 'note', 'warning', 'error']}
BAG = {'type': 'object', 'properties': {
    'tags': {'type': 'array', 'items': {'type': 'string'},
             'uniqueItems': True}}}
REGION = closed(['startLine'], startLine={'type': 'integer', 'minimum': 1},
                startColumn={'type': 'integer', 'minimum': 1})
PHYSICAL = closed(['artifactLocation'], region=REGION,
                  artifactLocation=closed(['uri'], uri={
                      'type': 'string',
                      'pattern': r"^(file:///)?[A-Za-z0-9._~!$'()*+,;=@%/-]+$"
                  }))
LOCATION = closed(['physicalLocation'], physicalLocation=PHYSICAL,
                  logicalLocations={'type': 'array', 'items': closed(
                      ['fullyQualifiedName'], fullyQualifiedName=TEXT,
                      kind=TEXT)})
LOCATIONS = {'type': 'array', 'items': LOCATION}
RULE = closed(['id'], id=TEXT, shortDescription=MESSAGE,
              fullDescription=MESSAGE, help=MESSAGE, properties=BAG)
RESULT = closed(['message', 'ruleId', 'ruleIndex', 'locations'], ruleId=TEXT,
                ruleIndex={'type': 'integer', 'minimum': 0}, level=LEVEL,
                message=MESSAGE, locations=LOCATIONS, properties=BAG,
                partialFingerprints={
                    'type': 'object',
                    'additionalProperties': {'type': 'string'}})
NOTE = closed(['message'], message=MESSAGE, level=LEVEL, locations=LOCATIONS)
RUN = closed(
    ['tool'], columnKind={'enum': ['utf16CodeUnits', 'unicodeCodePoints']},
    tool=closed(['driver'], driver=closed(
        ['name'], name=TEXT, version=TEXT, semanticVersion={
            'type': 'string', 'pattern': r'^\d+\.\d+\.\d+'},
        rules={'type': 'array', 'items': RULE, 'uniqueItems': True})),
    results={'type': 'array', 'items': RESULT},
    invocations={'type': 'array', 'items': closed(
        ['executionSuccessful'], executionSuccessful={'type': 'boolean'},
        toolExecutionNotifications={'type': 'array', 'items': NOTE})},
    properties=BAG)
SCHEMA = {**closed(['version', 'runs'], version={'const': '2.1.0'},
                   runs={'type': 'array', 'items': RUN}),
          'properties': {'$schema': {'type': 'string'},
                         'version': {'const': '2.1.0'},
                         'runs': {'type': 'array', 'items': RUN}}}
