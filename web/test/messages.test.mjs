// SPDX-License-Identifier: ISC
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gaps, messagesOf } from '../tools/messages.mjs';

test('what a language lacks, has too much or fills otherwise is said', () => {
	assert.deepEqual(
		gaps(
			{ a: 'x {n}', b: 'y', c: { other: '{n}' } },
			{ a: 'x', c: { one: '{n}', other: '{n}' }, d: 'z' },
		),
		['a: has no blanks, not {n}', 'b: missing', 'd: not in en'],
	);
});

test('all four languages are complete', () => {
	const all = messagesOf(join(process.cwd(), 'messages'));
	for (const [lang, table] of Object.entries(all)) {
		assert.ok(Object.keys(table).length > 100, lang);
	}
});

// Keys that the sources make of a kind and a value: status.in_scope.
const KINDS = [
	'page',
	'theme',
	'status',
	'verdict',
	'duty',
	'origin',
	'looked',
	'field',
	'role',
	'audience',
	'statement',
	'capture',
	'law',
	'drawer',
	'owner',
];

function sourcesOf(dir) {
	return readdirSync(dir, { withFileTypes: true, recursive: true })
		.filter((f) => f.isFile() && /\.jsx?$/.test(f.name))
		.map((f) => readFileSync(join(f.parentPath ?? f.path, f.name), 'utf8'))
		.join('\n');
}

test('what is asked for is there, and what is there is asked for', () => {
	const { en } = messagesOf(join(process.cwd(), 'messages'));
	const source = sourcesOf(join(process.cwd(), 'src'));
	const asked = new Set(
		[...source.matchAll(/'([a-z_]+\.[a-z_0-9]+)'/g)].map((m) => m[1]),
	);
	const read = source.matchAll(/\bt\((?:[^'()]*\? )?'([a-z_]+\.\w+)'/g);
	for (const [, key] of read) assert.ok(key in en, `${key} is in no file`);
	for (const key of Object.keys(en)) {
		assert.ok(
			asked.has(key) ||
				KINDS.includes(key.split('.')[0]) ||
				key.startsWith('chart.'),
			`${key} is asked for nowhere`,
		);
	}
});
