// SPDX-License-Identifier: ISC
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { gaps, messagesOf } from '../tools/messages.mjs';

test('what a language lacks, has too much or fills otherwise is said', () => {
	assert.deepEqual(gaps({ a: 'x {n}', b: 'y', c: { other: '{n}' } },
		{ a: 'x', c: { one: '{n}', other: '{n}' }, d: 'z' }),
	['a: has no blanks, not {n}', 'b: missing', 'd: not in en']);
});

test('all four languages are complete', () => {
	const all = messagesOf(join(process.cwd(), 'messages'));
	for (const [lang, table] of Object.entries(all)) {
		assert.ok(Object.keys(table).length > 100, lang);
	}
});
