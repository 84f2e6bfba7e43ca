// SPDX-License-Identifier: ISC
// What the page may not do, whoever changes it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const FORBIDDEN = [
	[/innerHTML|outerHTML|insertAdjacent|document\.write/, 'sets HTML'],
	[/\beval\(|new Function\(/, 'makes code of text'],
	[/<[a-z][^>]*\sstyle="/, 'has a style in markup'],
	[/\bhref=\{?["'`](?!#)/, 'leads elsewhere'],
	[/https?:\/\/(?!www\.w3\.org\/)/, 'names another host'],
];

function filesOf(dir) {
	return readdirSync(dir, { withFileTypes: true, recursive: true })
		.filter((f) => f.isFile() && /\.(jsx?|mjs|css|html)$/.test(f.name))
		.map((f) => join(f.parentPath ?? f.path, f.name));
}

test('no source sets HTML, runs text, or names another host', () => {
	for (const path of filesOf('src')) {
		const text = readFileSync(path, 'utf8');
		for (const [what, says] of FORBIDDEN) {
			assert.doesNotMatch(text, what, `${path} ${says}`);
		}
	}
});

test('each source says its licence', () => {
	for (const path of [
		...filesOf('src'),
		...filesOf('test'),
		...filesOf('tools'),
	]) {
		if (path.endsWith('.html')) continue;
		const first = readFileSync(path, 'utf8').split('\n', 1)[0];
		assert.match(first, /SPDX-License-Identifier: ISC/, path);
	}
});

test('the lock names what is fetched by hash, and no host', () => {
	const text = readFileSync('package-lock.json', 'utf8');
	assert.doesNotMatch(text, /"resolved"/);
	for (const [path, entry] of Object.entries(JSON.parse(text).packages)) {
		if (path) assert.match(entry.integrity ?? '', /^sha512-/, path);
		assert.ok(!entry.hasInstallScript || path.endsWith('/esbuild'), path);
	}
});
