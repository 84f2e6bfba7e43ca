// SPDX-License-Identifier: ISC
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnOf, devicesOf } from '../src/core/column.js';

test('a column is read alike in both forms', () => {
	for (const column of [
		['a', null, 'b'],
		{ dict: ['a', 'b'], v: [0, -1, 1] },
	]) {
		const { at } = columnOf(column, 3);
		assert.deepEqual([at(0), at(1), at(2)], ['a', null, 'b']);
	}
	assert.equal(columnOf(undefined, 3).at(1), null);
});

test('a device is found by its identifier', () => {
	const devices = devicesOf({
		n: 2,
		columns: { id: ['x', 'y'], wave: [null, 3] },
	});
	assert.equal(devices.rowOf('y'), 1);
	assert.equal(devices.rowOf('z'), -1);
	assert.equal(devices.get(1, 'wave'), 3);
	assert.equal(devices.get(1, 'zone'), null);
});
