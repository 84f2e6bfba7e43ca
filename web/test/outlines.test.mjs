// SPDX-License-Identifier: ISC
import assert from 'node:assert/strict';
import { test } from 'node:test';
import land from 'made:land';
import { equalEarth, HIGH } from '../tools/outlines.mjs';

test('the world is 1000 wide and 487 high', () => {
	assert.ok(Math.abs(HIGH - 486.7) < 0.1, String(HIGH));
	assert.deepEqual(equalEarth(180, 0).map(Math.round), [1000, 243]);
	assert.deepEqual(equalEarth(-180, 0).map(Math.round), [0, 243]);
	assert.equal(Math.round(equalEarth(0, 90)[1]), 0);
});

// A cell of a hundredth of a degree has an area of its cosine, anywhere.
test('areas are kept', () => {
	const cell = (lon, lat) => {
		const d = 0.01,
			[x, y] = equalEarth(lon, lat);
		const [ax, ay] = equalEarth(lon + d, lat),
			[bx, by] = equalEarth(lon, lat + d);
		return (
			Math.abs((ax - x) * (by - y) - (ay - y) * (bx - x)) /
			Math.cos(((lat + d / 2) * Math.PI) / 180)
		);
	};
	const whole = cell(0, 0);
	for (const [lon, lat] of [
		[10, 51],
		[139, 36],
		[-100, -45],
		[170, 80],
	]) {
		assert.ok(
			Math.abs(cell(lon, lat) / whole - 1) < 0.001,
			`${lon} ${lat}`,
		);
	}
});

test('the outlines are paths inside the box', () => {
	assert.match(land.land, /^M[-0-9. lMz]+$/);
	assert.match(land.borders, /^M[-0-9. lM]+$/);
});

// Russia, Fiji and Antarctica lie on both sides of the 180th meridian: a line
// from one edge to the other would go through the whole map.
test('only a pole is as wide as the map', () => {
	const pole = (1000 * (equalEarth(180, 90)[0] - 500)) / 500;
	for (const outline of [land.land, land.borders]) {
		for (const [, x] of outline.matchAll(/l(-?[0-9.]+) /g)) {
			assert.ok(Math.abs(x) < 60 || Math.abs(Math.abs(x) - pole) < 1, x);
		}
	}
	assert.match(land.sphere, /^M[-0-9. lz]+$/);
});
