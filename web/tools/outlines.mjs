// SPDX-License-Identifier: ISC
// Outlines of land and borders as SVG paths in the Equal Earth projection
// (Savric, Patterson, Jenny, 2018), scaled so that the world is 1000 wide: the
// same formula and box as the map's pack. World-atlas's 110m outlines.

const A = [1.340264, -0.081106, 0.000893, 0.003796];
const M = Math.sqrt(3) / 2;
const WIDE = 1000;

function raw(lambda, phi) {
	const t = Math.asin(M * Math.sin(phi)),
		t2 = t * t,
		t6 = t2 * t2 * t2;
	const x =
		(lambda * Math.cos(t)) /
		(M * (A[0] + 3 * A[1] * t2 + t6 * (7 * A[2] + 9 * A[3] * t2)));
	return [x, t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2))];
}

const SCALE = WIDE / (2 * raw(Math.PI, 0)[0]);
export const HIGH = 2 * raw(0, Math.PI / 2)[1] * SCALE;

// [x, y] of a place, degrees; north is up and y grows downwards.
export function equalEarth(lon, lat) {
	const [x, y] = raw((lon * Math.PI) / 180, (lat * Math.PI) / 180);
	return [WIDE / 2 + x * SCALE, HIGH / 2 - y * SCALE];
}

// A line as relative moves of a tenth of a unit.
function path(line, closed) {
	let out = '',
		px = 0,
		py = 0;
	for (const [i, at] of line.entries()) {
		const [x, y] = equalEarth(...at).map((v) => Math.round(v * 10));
		if (i && x === px && y === py) continue;
		out += `${i ? 'l' : 'M'}${(x - (i ? px : 0)) / 10} ${
			(y - (i ? py : 0)) / 10
		}`;
		[px, py] = [x, y];
	}
	return out + (closed ? 'z' : '');
}

// Longitudes without a jump; a ring around a pole goes by the pole, so that it
// closes on the map.
function unrolled(ring) {
	const out = [];
	let turn = 0;
	for (const [i, [lon, lat]] of ring.entries()) {
		const step = i ? lon - ring[i - 1][0] : 0;
		if (Math.abs(step) > 180) turn -= Math.sign(step) * 360;
		out.push([lon + turn, lat]);
	}
	const first = out[0][0],
		last = out.at(-1)[0];
	if (Math.abs(last - first) > 180) {
		const pole = Math.sign(out[0][1]) * 90;
		out.push([last, pole], [first, pole]);
	}
	return out;
}

// What of a ring lies on one side of a meridian.
function side(ring, edge, sign) {
	const out = [],
		in_ = ([lon]) => sign * (edge - lon) >= 0;
	ring.forEach((at, i) => {
		const from = ring.at(i - 1);
		if (in_(at) !== in_(from)) {
			const u = (edge - from[0]) / (at[0] - from[0]);
			out.push([edge, from[1] + u * (at[1] - from[1])]);
		}
		if (in_(at)) out.push(at);
	});
	return out;
}

// The edge of the map is bent: a way along it gets steps of two degrees.
function bent(ring) {
	return ring.flatMap((at, i) => {
		const from = ring.at(i - 1),
			high = at[1] - from[1];
		if (Math.abs(at[0]) !== 180 || at[0] !== from[0]) return [at];
		const n = Math.max(1, Math.ceil(Math.abs(high) / 2));
		return Array.from({ length: n }, (_, k) => [
			at[0],
			from[1] + (high * (k + 1)) / n,
		]);
	});
}

// Rings that cross the 180th meridian lie in parts on both sides of the map.
function parts(ring) {
	const whole = unrolled(ring);
	return [-360, 0, 360]
		.map((turn) => whole.map(([x, y]) => [x + turn, y]))
		.map((r) => bent(side(side(r, 180, 1), -180, -1)))
		.filter((r) => r.length > 2);
}

const EDGE = bent([
	[-180, 90],
	[-180, -90],
	[180, -90],
	[180, 90],
]);

export function outlines(require) {
	const { feature, mesh } = require('topojson-client');
	const world = require('world-atlas/countries-110m.json');
	const land = feature(world, world.objects.land);
	const shapes = land.features ?? [land];
	const rings = shapes.flatMap((f) =>
		f.geometry.type === 'Polygon'
			? f.geometry.coordinates
			: f.geometry.coordinates.flat(),
	);
	const borders = mesh(world, world.objects.countries, (a, b) => a !== b);
	return {
		box: [0, 0, WIDE, Math.round(HIGH * 10) / 10],
		sphere: path(EDGE, true),
		land: rings
			.flatMap(parts)
			.map((r) => path(r, true))
			.join(''),
		borders: borders.coordinates.map((l) => path(l, false)).join(''),
	};
}
