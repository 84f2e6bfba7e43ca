// SPDX-License-Identifier: ISC
// The shapes of parts/Mark.jsx in any size, as one outline each: charts need no
// colour to tell a status. Holes are cut by fill-rule evenodd.
import { STATUSES } from '../core/filter.js';

const round = (v) => Math.round(v * 100) / 100;
const polygon = (points) =>
	`M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`;
const circle = (r) =>
	`M${round(-r)} 0a${round(r)} ${round(r)} 0 1 0 ${round(
		2 * r,
	)} 0a${round(r)} ${round(r)} 0 1 0 ${round(-2 * r)} 0Z`;
const bar = (w, h) =>
	polygon([
		[-w, -h],
		[w, -h],
		[w, h],
		[-w, h],
	]);
// A bar from below left to above right.
const slash = (w, h) =>
	polygon(
		[
			[-w, -h],
			[w, -h],
			[w, h],
			[-w, h],
		].map(([x, y]) => [(x + y) * Math.SQRT1_2, (y - x) * Math.SQRT1_2]),
	);

const shapes = {
	in_scope: (r) => bar(0.92 * r, 0.92 * r),
	// The upper half is open.
	component_in_scope: (r) =>
		bar(0.92 * r, 0.92 * r) +
		polygon([
			[-0.66 * r, -0.66 * r],
			[0.66 * r, -0.66 * r],
			[0.66 * r, 0],
			[-0.66 * r, 0],
		]),
	contested: (r) => bar(0.92 * r, 0.92 * r) + slash(0.8 * r, 0.16 * r),
	not_judged: (r) =>
		polygon([
			[-1.1 * r, -0.3 * r],
			[-0.3 * r, -0.3 * r],
			[-0.3 * r, 0.3 * r],
			[-1.1 * r, 0.3 * r],
		]) +
		polygon([
			[0.3 * r, -0.3 * r],
			[1.1 * r, -0.3 * r],
			[1.1 * r, 0.3 * r],
			[0.3 * r, 0.3 * r],
		]),
	undetermined: (r) =>
		polygon([
			[0, -1.25 * r],
			[1.25 * r, 0],
			[0, 1.25 * r],
			[-1.25 * r, 0],
		]),
	exempt: (r) => circle(r) + slash(0.72 * r, 0.15 * r),
	not_in_scope: (r) => circle(r),
	not_bound: (r) =>
		polygon([
			[0, -1.2 * r],
			[1.15 * r, 0.95 * r],
			[-1.15 * r, 0.95 * r],
		]),
	no_rule: (r) => bar(1.1 * r, 0.3 * r),
	none: (r) => bar(0.6 * r, 0.3 * r),
	other: circle,
	unknown: (r) => circle(r) + circle(0.62 * r),
};

// The outline of a status around (0, 0), of about the same size for each.
export const shapeOf = (status, r) => (shapes[status] ?? circle)(r);

// What a status is drawn as that this page does not know yet.
export const drawnAs = (status) =>
	STATUSES.includes(status) ? status : 'none';

// What drawings count devices by, from the strongest, and what each is drawn
// as; `other` is a finding that asks for nothing.
export const FATES = ['in_scope', 'undetermined', 'other', 'unknown'];
export const fateAs = {
	in_scope: 'in_scope',
	undetermined: 'undetermined',
	other: 'other',
	unknown: 'unknown',
};
