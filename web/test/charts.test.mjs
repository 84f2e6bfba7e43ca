// SPDX-License-Identifier: ISC
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { devicesOf } from '../src/core/column.js';
import { STATUSES } from '../src/core/filter.js';
import { networkOf, searched } from '../src/charts/network.js';
import { pathsOf, sharesOf } from '../src/charts/paths.js';
import {
	dayOf,
	isoOf,
	labelsThatFit,
	line,
	monthTicks,
	radius,
	shorten,
	ticks,
} from '../src/charts/scale.js';
import { drawnAs, FATES, fateAs, shapeOf } from '../src/charts/shapes.js';
import {
	above,
	children,
	counted,
	subtree,
	through,
} from '../src/charts/tree.js';
import {
	apart,
	fitted,
	gathered,
	grid,
	held,
	levels,
	nearest,
	seenBox,
	zoomed,
} from '../src/charts/visible.js';

// Numbers that look like chance and are the same each time.
function chance(seed) {
	let s = seed;
	return () => (s = (s * 1103515245 + 12345) % 2147483648) / 2147483648;
}

test('what is cut off is all that hangs below, and nothing else', () => {
	// 0 carries 1 and 2, 2 carries 3, 3 carries 5; 4 hangs on nothing.
	const up = [-1, 0, 0, 2, -1, 3];
	const kids = children(up);
	assert.deepEqual(subtree(kids, 0), [1, 2, 3, 5]);
	assert.deepEqual(subtree(kids, 2), [3, 5]);
	assert.deepEqual(subtree(kids, 4), []);
	assert.deepEqual(above(up, 5), [3, 2, 0]);
	assert.deepEqual(above(up, 4), []);
});

test('the subtree agrees with walking up from every node', () => {
	const next = chance(5),
		n = 400;
	for (let round = 0; round < 20; round++) {
		const up = Array.from({ length: n }, (_, i) =>
			i && next() < 0.9 ? Math.floor(next() * i) : -1,
		);
		const kids = children(up);
		for (let k = 0; k < 10; k++) {
			const at = Math.floor(next() * n);
			const below = [...up.keys()].filter((i) =>
				above(up, i).includes(at),
			);
			assert.deepEqual(
				subtree(kids, at).sort((a, b) => a - b),
				below,
			);
		}
	}
});

test('a ring, itself or a stranger as the node above ends nowhere', () => {
	const up = [1, 2, 0, 3, 99, -7];
	const kids = children(up);
	assert.deepEqual(subtree(kids, 0), [2, 1]);
	assert.deepEqual(subtree(kids, 3), []);
	assert.deepEqual(above(up, 0), [1, 2]);
	assert.deepEqual(above(up, 4), []);
});

test('counts come greatest first, then by name', () => {
	assert.deepEqual(
		counted([3, 1, 2, 5], (i) => (i % 2 ? 'b' : 'a')),
		[
			['b', 3],
			['a', 1],
		],
	);
	assert.deepEqual(counted([1, 2], String), [
		['1', 1],
		['2', 1],
	]);
});

test('a way through a node has what flows in and out of it', () => {
	const links = [
		[0, 2],
		[1, 2],
		[1, 3],
		[2, 4],
		[3, 4],
		[3, 5],
	].map(([from, to]) => ({ from, to }));
	const { nodes, links: on } = through(links, [2]);
	assert.deepEqual([...nodes].sort(), [0, 1, 2, 4]);
	assert.deepEqual([...on].sort(), [0, 1, 3]);
	const one = through(links, [], [2]);
	assert.deepEqual([...one.nodes].sort(), [1, 3, 4, 5]);
	assert.deepEqual([...one.links].sort(), [2, 4, 5]);
});

const flow = {
	columns: ['place', 'maker', 'function', 'finding'],
	nodes: [
		{ column: 0, key: 'DE', more: 0 },
		{ column: 0, key: null, more: 2 },
		{ column: 1, key: 'zte', more: 0 },
		{ column: 1, key: null, more: 0 },
		{ column: 2, key: 'core', more: 0 },
		{ column: 3, key: 'in_scope', more: 0 },
		{ column: 3, key: 'none', more: 0 },
	],
	links: [
		[0, 2, 'in_scope', 1],
		[0, 3, 'unknown', 1],
		[1, 2, 'in_scope', 2],
		[2, 4, 'in_scope', 3],
		[3, 4, 'unknown', 1],
		[4, 5, 'in_scope', 3],
		[4, 6, 'unknown', 1],
	].map(([from, to, status, n]) => ({ from, to, status, n })),
};
const boxes = (status) =>
	devicesOf({
		n: 4,
		columns: {
			country: ['DE', 'IT', 'JP', 'DE'],
			maker: ['zte', 'zte', 'zte', null],
			function: ['core', 'core', 'core', 'core'],
			status,
		},
	});

test('a band is lit by what of it goes through the mark', () => {
	const paths = pathsOf(
		flow,
		boxes(['in_scope', 'in_scope', 'in_scope', 'none']),
	);
	const { nodes, links } = sharesOf(paths, 'node', 0);
	assert.deepEqual(
		[...links].sort((a, b) => a[0] - b[0]),
		[
			[0, 1],
			[1, 1],
			[3, 1],
			[4, 1],
			[5, 1],
			[6, 1],
		],
	);
	assert.equal(nodes.get(4), 2);
	assert.equal(nodes.has(1), false);
	assert.deepEqual(
		[...sharesOf(paths, 'link', 2).links],
		[
			[2, 2],
			[3, 2],
			[5, 2],
		],
	);
});

test('devices that do not add up to the bands light nothing', () => {
	assert.equal(
		pathsOf(flow, boxes(['in_scope', 'none', 'none', 'none'])),
		null,
	);
	assert.equal(pathsOf(flow, null), null);
});

test('days and dates are the same both ways', () => {
	for (const iso of ['1970-01-01', '2026-12-31', '2028-02-29']) {
		assert.equal(isoOf(dayOf(iso)), iso);
	}
	assert.equal(dayOf('2027-01-01') - dayOf('2026-12-31'), 1);
	for (const odd of [null, undefined, '', 'soon', '2026-1-1', '2026-13-45']) {
		assert.ok(Number.isNaN(dayOf(odd)), String(odd));
	}
});

test('a line meets both its ends; no span gives the middle', () => {
	const x = line(10, 20, 0, 100);
	assert.deepEqual([x(10), x(15), x(20)], [0, 50, 100]);
	assert.equal(line(5, 5, 0, 100)(5), 50);
});

test('an area grows with the number', () => {
	assert.equal(radius(1, 100, 5, 13), 5);
	assert.equal(radius(100, 100, 5, 13), 13);
	assert.ok(radius(25, 100, 5, 13) > radius(24, 100, 5, 13));
	assert.equal(radius(0, 100, 5, 13), 5);
	assert.equal(radius(7, 1, 5, 13), 5);
});

test('ticks are whole, from nothing, and reach the greatest', () => {
	for (const most of [1, 2, 3, 7, 10, 41, 99, 1234, 100000]) {
		const steps = ticks(most);
		assert.equal(steps[0], 0);
		assert.ok(steps.at(-1) >= most, String(most));
		assert.ok(steps.length <= 8, String(most));
		assert.ok(steps.every(Number.isInteger));
	}
	assert.deepEqual(ticks(0), [0]);
	assert.deepEqual(ticks(NaN), [0]);
});

test('months begin on their first day, as many as fit', () => {
	const a = dayOf('2026-11-15'),
		b = dayOf('2028-02-01');
	const months = monthTicks(a, b, 8);
	assert.ok(months.length <= 8 && months.length > 3);
	assert.ok(
		months.every((m) => m.iso.endsWith('-01') && m.day >= a && m.day <= b),
	);
	assert.deepEqual(
		months.filter((m) => m.year).map((m) => m.iso.slice(0, 4)),
		['2027', '2028'],
	);
	assert.ok(
		monthTicks(dayOf('1990-01-01'), dayOf('2090-01-01'), 8).length <= 8,
	);
});

test('no two labels that are kept touch, and the weighty one is kept', () => {
	const labels = [
		{ x: 0, w: 40, weight: 1 },
		{ x: 30, w: 40, weight: 9 },
		{ x: 100, w: 40, weight: 1 },
	];
	assert.deepEqual([...labelsThatFit(labels, 4)].sort(), [1, 2]);
});

test('a text is cut between letters, or left out', () => {
	const per = (text) => [...text].length * 10;
	assert.equal(shorten('abc', 30, per), 'abc');
	assert.equal(shorten('abcdefgh', 55, per), 'abcd…');
	assert.equal(shorten('abcdefgh', 25, per), '');
	assert.equal(shorten('😀😀😀😀😀😀', 50, per), '😀😀😀😀…');
});

test('each status and each fate has an outline of its own', () => {
	const all = STATUSES.map((s) => shapeOf(s, 5));
	assert.equal(new Set(all).size, STATUSES.length);
	assert.equal(
		new Set(FATES.map((f) => shapeOf(fateAs[f], 5))).size,
		FATES.length,
	);
	for (const d of all) assert.match(d, /^M[-0-9.aLMZ ]+$/);
	assert.equal(drawnAs('a new one'), 'none');
});

test('zooming keeps the point under the pointer, within its limits', () => {
	const v = zoomed({ k: 2, x: 10, y: -5 }, 3, 100, 50, 1, 5);
	assert.equal(v.k, 5);
	assert.equal((100 - v.x) / v.k, (100 - 10) / 2);
	assert.equal((50 - v.y) / v.k, (50 + 5) / 2);
});

test('what is fitted is seen whole and in the middle', () => {
	const v = fitted([10, 20, 110, 70], 400, 300, 10);
	const [x0, y0, x1, y1] = seenBox(v, 400, 300);
	assert.ok(x0 <= 10 && y0 <= 20 && x1 >= 110 && y1 >= 70);
	assert.ok(Math.abs((x0 + x1) / 2 - 60) < 1e-9);
	assert.ok(Number.isFinite(fitted([5, 5, 5, 5], 400, 300, 10, 8).k));
});

test('a drawing is not dragged out of its frame', () => {
	const box = [0, 0, 100, 100];
	const v = held({ k: 10, x: 9e9, y: -9e9 }, box, 400, 300, 1);
	assert.deepEqual([v.x, v.y], [0, 300 - 1000]);
	const small = held({ k: 1, x: -500, y: 0 }, box, 400, 300, 1);
	assert.deepEqual([small.x, small.y], [150, 100]);
	const loose = held({ k: 10, x: 9e9, y: 0 }, box, 400, 300, 0.25);
	assert.equal(loose.x, 300);
});

test('clusters open by how far apart their nodes lie; far ones are not drawn', () => {
	const c = {
		n: [100, 100, 4],
		x: [0, 1000, 0],
		y: [0, 0, 0],
		r: [50, 50, 50],
	};
	const at = (k) => [...levels(c, { k, x: 200, y: 200 }, 400, 400, 4)];
	assert.deepEqual(at(0.5), [1, 0, 2]);
	assert.deepEqual(at(1), [2, 0, 2]);
	assert.deepEqual(at(0.1), [1, 1, 1]);
	assert.ok(apart(50, 100) < apart(50, 4));
});

test('the nearest is the nearest', () => {
	const next = chance(11);
	const xs = Array.from({ length: 500 }, () => next() * 100);
	const ys = xs.map(() => next() * 100);
	const g = grid(xs, ys, 7);
	for (let k = 0; k < 200; k++) {
		const x = next() * 100,
			y = next() * 100,
			r = next() * 9;
		const far = (i) => Math.hypot(xs[i] - x, ys[i] - y);
		const best =
			[...xs.keys()]
				.filter((i) => far(i) <= r)
				.sort((a, b) => far(a) - far(b))[0] ?? -1;
		assert.equal(nearest(g, x, y, r), best);
	}
});

test('marks that would touch are one, each once, and none else is', () => {
	const next = chance(3);
	const marks = Array.from({ length: 300 }, () => ({
		x: next() * 100,
		y: next() * 100,
		r: 5 + next() * 8,
		weight: next(),
	}));
	for (const k of [1, 4, 40]) {
		const groups = gathered(marks, k);
		assert.deepEqual(
			groups.flat().sort((a, b) => a - b),
			[...marks.keys()],
		);
		const heads = groups.map((g) => marks[g[0]]);
		heads.forEach((p, i) =>
			heads
				.slice(i + 1)
				.forEach((q) =>
					assert.ok(
						Math.hypot(p.x - q.x, p.y - q.y) * k >
							0.8 * (p.r + q.r),
					),
				),
		);
	}
	assert.ok(gathered(marks, 1).length < gathered(marks, 40).length);
	assert.deepEqual(gathered([], 1), []);
});

const topology = {
	box: [100, 100],
	nodes: {
		n: 3,
		device: [0, 1, -1],
		label: ['core-1', 'edge core', null],
		x: [10, 20, 90],
		y: [10, 10, 90],
		cluster: [0, 0, 1],
		status: { dict: ['none'], v: [0, 0, -1] },
	},
	edges: { n: 2, a: [0, 1], b: [1, 2], kind: { dict: ['lldp'], v: [0, 0] } },
	clusters: [
		{ site: 'A', label: 'A', x: 15, y: 10, r: 8, n: 2, in_scope: 1 },
		{ site: null, label: null, x: 90, y: 90, r: 5, n: 1, in_scope: 0 },
	],
	cluster_edges: { a: [0], b: [1], n: [1] },
};

test('links stay within their cluster or go across', () => {
	const net = networkOf(topology);
	assert.deepEqual([...net.inner.list], [0]);
	assert.deepEqual(net.across, [1]);
	assert.deepEqual([...net.members.list], [0, 1, 2]);
	assert.equal(net.kids, null);
	assert.equal(net.behind, null);
	assert.deepEqual(net.extent, [7, 2, 95, 95]);
	assert.deepEqual(searched(net, 'CORE'), [0, 1]);
	assert.deepEqual(searched(net, 'core edge'), [1]);
	assert.deepEqual(searched(net, ' '), []);
});

test('an audience that sees no topology gets an empty one', () => {
	const net = networkOf({
		box: [0, 0],
		nodes: { n: 0 },
		edges: { n: 0 },
		clusters: [],
		cluster_edges: {},
	});
	assert.equal(net.n, 0);
	assert.equal(net.extent, null);
});
