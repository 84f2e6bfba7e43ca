// SPDX-License-Identifier: ISC
// Outlines of land and borders as SVG paths in the Equal Earth projection
// (Savric, Patterson, Jenny, 2018), scaled so that the world is 1000 wide: the
// same formula and box as the map's pack. World-atlas's 110m outlines.

const A = [1.340264, -0.081106, 0.000893, 0.003796];
const M = Math.sqrt(3) / 2;
const WIDE = 1000;

function raw(lambda, phi) {
	const t = Math.asin(M * Math.sin(phi)), t2 = t * t, t6 = t2 * t2 * t2;
	const x = lambda * Math.cos(t) /
		(M * (A[0] + 3 * A[1] * t2 + t6 * (7 * A[2] + 9 * A[3] * t2)));
	return [x, t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2))];
}

const SCALE = WIDE / (2 * raw(Math.PI, 0)[0]);
export const HIGH = 2 * raw(0, Math.PI / 2)[1] * SCALE;

// [x, y] of a place, degrees; north is up and y grows downwards.
export function equalEarth(lon, lat) {
	const [x, y] = raw(lon * Math.PI / 180, lat * Math.PI / 180);
	return [WIDE / 2 + x * SCALE, HIGH / 2 - y * SCALE];
}

// A line as relative moves of a tenth of a unit.
function path(line, closed) {
	let out = '', px = 0, py = 0;
	for (const [i, at] of line.entries()) {
		const [x, y] = equalEarth(...at).map((v) => Math.round(v * 10));
		if (i && x === px && y === py) continue;
		out += `${i ? 'l' : 'M'}${(x - (i ? px : 0)) / 10} ${
			(y - (i ? py : 0)) / 10}`;
		[px, py] = [x, y];
	}
	return out + (closed ? 'z' : '');
}

export function outlines(require) {
	const { feature, mesh } = require('topojson-client');
	const world = require('world-atlas/countries-110m.json');
	const land = feature(world, world.objects.land);
	const shapes = land.features ?? [land];
	const rings = shapes.flatMap((f) => f.geometry.type === 'Polygon'
		? f.geometry.coordinates : f.geometry.coordinates.flat());
	const borders = mesh(world, world.objects.countries, (a, b) => a !== b);
	return {
		box: [0, 0, WIDE, Math.round(HIGH * 10) / 10],
		land: rings.map((r) => path(r, true)).join(''),
		borders: borders.coordinates.map((l) => path(l, false)).join(''),
	};
}
