// SPDX-License-Identifier: ISC
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { devicesOf } from '../src/core/column.js';
import { indexOf } from '../src/core/filter.js';
import { leading } from '../src/parts/Facets.jsx';

const devices = devicesOf({
	n: 6,
	columns: {
		id: ['d0', 'd1', 'd2', 'd3', 'd4', 'd5'],
		name: ['core-10', 'core-9', 'olt-1', null, 'Ärger', 'edge'],
		maker: { dict: ['huawei', 'zte'], v: [0, 1, 1, -1, 0, 0] },
		maker_name: { dict: ['Huawei', 'ZTE'], v: [0, 1, 1, -1, 0, 0] },
		status: {
			dict: ['none', 'in_scope', 'undetermined'],
			v: [1, 1, 2, 0, 1, 0],
		},
		site: { dict: ['DE-10', 'DE-9'], v: [0, 1, 1, 0, 0, 0] },
		laws: {
			dict: ['a=in_scope b=exempt', 'a=exempt'],
			v: [0, 1, -1, -1, 0, 1],
		},
		days: [38, -5, null, null, 38, null],
		address: ['10.0.0.1', '10.0.0.2', null, null, null, '10.0.0.1'],
	},
});
const rows = (state) => [...indexOf(devices).run(state).rows];

test('with nothing asked the strongest comes first, then the nearest day', () => {
	assert.deepEqual(rows({}), [1, 0, 4, 2, 3, 5]);
});

test('each word must be somewhere, in any column', () => {
	assert.deepEqual(rows({ q: 'HUAWEI 10.0.0.1' }), [0, 5]);
	assert.deepEqual(rows({ q: 'ärger' }), [4]);
	assert.deepEqual(rows({ q: 'nowhere' }), []);
	assert.deepEqual(rows({ q: '  ' }).length, 6);
});

test('typing on, deleting and changing give what a new index gives', () => {
	const index = indexOf(devices);
	for (const q of [
		'z',
		'zt',
		'zte',
		'zte c',
		'zte core',
		'zte',
		'',
		'h',
		'edge',
		'co',
		'c',
		'co re',
		'co',
	]) {
		assert.deepEqual([...index.run({ q }).rows], rows({ q }), q);
	}
});

test('values of one facet are alternatives, facets conditions', () => {
	assert.deepEqual(
		rows({ maker: ['zte', 'huawei'], status: ['in_scope'] }),
		[1, 0, 4],
	);
	assert.deepEqual(rows({ maker: ['-'] }), [3]);
	assert.deepEqual(rows({ maker: ['nobody'] }), []);
});

test('a count says how many would show if that were chosen', () => {
	const { counts } = indexOf(devices).run({ maker: ['zte'], q: 'core' });
	assert.deepEqual(
		[...counts.maker],
		[
			['huawei', 1],
			['zte', 1],
		],
	);
	assert.deepEqual([...counts.status], [['in_scope', 1]]);
});

test('digits sort by what they count, not known comes last both ways', () => {
	assert.deepEqual(rows({ sort: 'name' }).slice(0, 2), [1, 0]);
	assert.equal(rows({ sort: 'name' }).at(-1), 3);
	assert.equal(rows({ sort: '-name' }).at(-1), 3);
	assert.deepEqual(rows({ sort: 'days' }).slice(0, 1), [1]);
	assert.deepEqual(rows({ sort: '-site' })[0], 5);
	assert.deepEqual(rows({ sort: 'no such column' }), [0, 1, 2, 3, 4, 5]);
});

test('a finding under one law is asked for as a whole', () => {
	assert.deepEqual(rows({ law: ['a=in_scope'] }), [0, 4]);
	assert.deepEqual(rows({ law: ['a=exempt', 'b=exempt'] }), [1, 0, 4, 5]);
	assert.deepEqual(rows({ law: ['a'] }), []);
});

test('the first of many are those that sorting puts first', () => {
	const before = (a, b) => a - b;
	for (let n = 0; n < 50; n++) {
		const values = Array.from({ length: n }, (_, i) => (i * 37) % 50);
		assert.deepEqual(
			leading(values, 7, before),
			[...values].sort(before).slice(0, 7),
		);
	}
});

test('the same question has the same answer, the next another', () => {
	const index = indexOf(devices);
	const first = index.run({ q: 'z', open: 'd1' });
	assert.equal(index.run({ q: 'z', open: 'd2', lang: 'de' }), first);
	assert.notEqual(index.run({ q: 'z', sort: 'name' }), first);
	assert.deepEqual([...index.run({ sort: 'constructor' }).rows].length, 6);
});
