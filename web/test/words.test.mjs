// SPDX-License-Identifier: ISC
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES, wordsIn } from '../src/core/words.js';

test('numbers, plurals and days are said as the language says them', () => {
	const t = wordsIn('en');
	assert.equal(t.days(1), '1 day left');
	assert.equal(t.days(-1058), 'date was 1,058 days ago');
	assert.equal(t.days(0), 'due today');
	assert.equal(t.days(null), '–');
	assert.equal(wordsIn('de').days(1134), 'noch 1.134 Tage');
	assert.equal(wordsIn('ja').days(38), '残り38日');
	assert.equal(wordsIn('it').day('2026-11-23'), '23 novembre 2026');
});

test('what is no day or no known word is shown as it comes', () => {
	const t = wordsIn('de');
	assert.equal(t.day('soon'), 'soon');
	assert.equal(t.word('status', 'in_scope'), 'betroffen');
	assert.equal(t.word('status', 'new one'), 'new one');
	assert.equal(wordsIn('xx').lang, 'en');
});

test('no language says overdue, clean or dirty', () => {
	for (const lang of LANGUAGES) {
		const t = wordsIn(lang);
		const said = t.days(-3) + t.word('status', 'in_scope');
		assert.doesNotMatch(said, /overdue|dirty|clean|überfällig|scaduto/i);
	}
});
