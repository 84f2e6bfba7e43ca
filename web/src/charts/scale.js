// SPDX-License-Identifier: ISC
// From numbers and days to lengths: nothing here knows a page.

const DAY = 86400000;

// Days since 1970 of an ISO date; NaN for anything else.
export const dayOf = (iso) =>
	/^\d{4}-\d\d-\d\d$/.test(iso ?? '')
		? Date.parse(iso + 'T00:00:00Z') / DAY
		: NaN;

export const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);

// A straight line from [a, b] to [c, d]. A span of nothing gives the middle.
export function line(a, b, c, d) {
	const m = b === a ? 0 : (d - c) / (b - a);
	const at = b === a ? (c + d) / 2 : c;
	return (v) => at + (v - a) * m;
}

// A radius whose area grows with n: lo for one, hi for the greatest.
export function radius(n, max, lo, hi) {
	if (!(n > 0)) return lo;
	if (max <= 1) return lo;
	const t = (Math.sqrt(n) - 1) / (Math.sqrt(max) - 1);
	return lo + (hi - lo) * Math.min(1, Math.max(0, t));
}

// Whole numbers from 0 that a person would write on an axis: 1, 2, 5, 10 …
export function ticks(max, want = 5) {
	if (!(max > 0)) return [0];
	const raw = max / want;
	const ten = 10 ** Math.floor(Math.log10(raw));
	const step = Math.max(1, [1, 2, 5, 10].find((m) => m * ten >= raw) * ten);
	const out = [];
	for (let v = 0; v < max + step; v += step) out.push(v);
	return out;
}

// First days of months (or quarters, or years) between two days, at most want:
// [{ day, iso, year }]; `year` where another year begins.
export function monthTicks(from, to, want = 8) {
	const a = new Date(from * DAY),
		b = new Date(to * DAY);
	const months =
		(b.getUTCFullYear() - a.getUTCFullYear()) * 12 +
		b.getUTCMonth() -
		a.getUTCMonth() +
		1;
	const step =
		[1, 2, 3, 6, 12, 24, 60, 120].find((s) => months / s <= want) ?? 240;
	const out = [];
	let seen = null;
	for (let i = 0; i <= months; i++) {
		const at = new Date(
			Date.UTC(a.getUTCFullYear(), a.getUTCMonth() + i, 1),
		);
		const of = at.getUTCFullYear() * 12 + at.getUTCMonth();
		const d = at.getTime() / DAY;
		if (of % step || d < from || d > to) continue;
		out.push({ day: d, iso: isoOf(d), year: at.getUTCFullYear() !== seen });
		seen = at.getUTCFullYear();
	}
	return out;
}

// Which of the labels [{ x, w }] may stand on one line: the first of two that
// would touch stays. Those of greater `weight` are asked first.
export function labelsThatFit(labels, gap = 6) {
	const order = labels
		.map((_, i) => i)
		.sort(
			(p, q) =>
				(labels[q].weight ?? 0) - (labels[p].weight ?? 0) || p - q,
		);
	const kept = [];
	for (const i of order) {
		const a = labels[i];
		const free = kept.every((k) => {
			const b = labels[k];
			return Math.abs(a.x - b.x) >= (a.w + b.w) / 2 + gap;
		});
		if (free) kept.push(i);
	}
	return new Set(kept);
}

// As much of a text as fits `px` by `width(text)`, "" when nothing of use does.
export function shorten(text, px, width) {
	if (width(text) <= px) return text;
	const letters = [...text];
	let lo = 0,
		hi = letters.length;
	while (lo < hi) {
		const mid = (lo + hi + 1) >> 1;
		if (width(`${letters.slice(0, mid).join('')}…`) <= px) lo = mid;
		else hi = mid - 1;
	}
	return lo < 3 ? '' : `${letters.slice(0, lo).join('').trimEnd()}…`;
}
