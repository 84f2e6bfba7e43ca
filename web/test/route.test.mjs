// SPDX-License-Identifier: ISC
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { format, parse, routerOf, turned } from '../src/core/route.js';

test('an address says the same again, whatever values hold', () => {
	const route = {
		page: 'devices',
		q: 'a&b=c #%',
		sort: '-days',
		site: ['DE-1', 'a,b', '日本 & co'],
		open: 'mac:00/11?22',
	};
	assert.deepEqual({ ...parse(format(route)) }, route);
});

test('a strange address is the first page, not an error', () => {
	for (const odd of [
		'',
		'#',
		'#nowhere',
		'#/../x',
		'#%',
		'#verdict?%E0%A4=1',
		'#__proto__?__proto__=1',
	]) {
		const route = parse(odd);
		assert.equal(route.page, 'verdict');
		assert.equal(Object.keys(route).length, 1, odd);
	}
	assert.equal(parse('#devices?q=%E0%A4%A').q, '%E0%A4%A');
});

test('one address for one state', () => {
	assert.equal(
		format({ page: 'devices', sort: 'name', q: 'x', maker: [] }),
		format({ q: 'x', page: 'devices', sort: 'name', status: [] }),
	);
});

test('another page keeps the language and leaves the filter', () => {
	assert.deepEqual(
		turned({ page: 'devices', q: 'x', lang: 'ja', open: 'd' }, 'map', {
			country: ['DE'],
		}),
		{ page: 'map', country: ['DE'], lang: 'ja' },
	);
});

test('a router hears the address and sets it', () => {
	const window = {
		location: { hash: '#map' },
		history: {
			replaceState: (a, b, hash) => {
				window.location.hash = hash;
			},
		},
		addEventListener: (_, f) => {
			window.change = f;
		},
	};
	const router = routerOf(window);
	const heard = [];
	router.listen((route) => heard.push(route.page));
	window.location.hash = '#flow';
	window.change();
	router.go({ page: 'devices', q: 'z' }, true);
	assert.deepEqual(heard, ['flow', 'devices']);
	assert.equal(window.location.hash, '#devices?q=z');
});

test('an address that the browser refuses is shown all the same', async () => {
	let refuses = 2;
	const window = {
		location: { hash: '#devices' },
		history: {
			replaceState(a, b, hash) {
				if (refuses-- > 0) throw new Error('SecurityError');
				window.location.hash = hash;
			},
		},
		addEventListener() {},
	};
	const router = routerOf(window);
	router.go({ page: 'devices', q: 'a' }, true);
	router.go({ page: 'devices', q: 'ab' }, true);
	assert.equal(router.get().q, 'ab');
	await new Promise((done) => setTimeout(done, 1200));
	assert.equal(window.location.hash, '#devices?q=ab');
});
