// SPDX-License-Identifier: ISC
// What of a large drawing is worth drawing now. A view is { k, x, y }: a point p
// of the drawing stands on the screen at p * k + (x, y).

// The part of the drawing that a screen of w by h pixels shows.
export function seenBox(view, w, h, margin = 0) {
	return [
		(-view.x - margin) / view.k,
		(-view.y - margin) / view.k,
		(w - view.x + margin) / view.k,
		(h - view.y + margin) / view.k,
	];
}

// The same point of the drawing stays under (px, py).
export function zoomed(view, by, px, py, min, max) {
	const k = Math.min(max, Math.max(min, view.k * by));
	const f = k / view.k;
	return { k, x: px - (px - view.x) * f, y: py - (py - view.y) * f };
}

// The view that shows [x0, y0, x1, y1] whole, in the middle.
export function fitted(box, w, h, pad = 16, max = Infinity) {
	const bw = Math.max(box[2] - box[0], 1e-6);
	const bh = Math.max(box[3] - box[1], 1e-6);
	const k = Math.min(max, (w - 2 * pad) / bw, (h - 2 * pad) / bh);
	return {
		k,
		x: w / 2 - (k * (box[0] + box[2])) / 2,
		y: h / 2 - (k * (box[1] + box[3])) / 2,
	};
}

// The drawing stays over the frame: `share` of the frame's sides is covered by
// it, all where it is as large. What is smaller stands in the middle.
export function held(view, box, w, h, share = 0.25) {
	const clamp = (v, side, from, to) => {
		const lo = side * share - to * view.k;
		const hi = side * (1 - share) - from * view.k;
		return lo > hi
			? (side - (from + to) * view.k) / 2
			: Math.min(hi, Math.max(lo, v));
	};
	return {
		k: view.k,
		x: clamp(view.x, w, box[0], box[2]),
		y: clamp(view.y, h, box[1], box[3]),
	};
}

// The box around points, or null where there is none.
export function bounds(xs, ys, want = () => true) {
	let box = null;
	for (let i = 0; i < xs.length; i++) {
		if (xs[i] == null || !want(i)) continue;
		box ??= [xs[i], ys[i], xs[i], ys[i]];
		box[0] = Math.min(box[0], xs[i]);
		box[1] = Math.min(box[1], ys[i]);
		box[2] = Math.max(box[2], xs[i]);
		box[3] = Math.max(box[3], ys[i]);
	}
	return box;
}

// Points in buckets of `cell`, to ask which are near a place or in a box.
export function grid(xs, ys, cell) {
	const by = new Map();
	const key = (cx, cy) => cx * 65536 + cy;
	for (let i = 0; i < xs.length; i++) {
		const k = key(Math.floor(xs[i] / cell), Math.floor(ys[i] / cell));
		if (by.has(k)) by.get(k).push(i);
		else by.set(k, [i]);
	}
	return { xs, ys, cell, at: (cx, cy) => by.get(key(cx, cy)) ?? [] };
}

// The point nearest to (x, y) within r that `want` takes, or -1.
export function nearest(g, x, y, r, want = () => true) {
	let best = -1,
		d2 = r * r;
	const c = (v) => Math.floor(v / g.cell);
	for (let cx = c(x - r); cx <= c(x + r); cx++)
		for (let cy = c(y - r); cy <= c(y + r); cy++)
			for (const i of g.at(cx, cy)) {
				const dx = g.xs[i] - x,
					dy = g.ys[i] - y;
				const d = dx * dx + dy * dy;
				if (d <= d2 && want(i)) {
					best = i;
					d2 = d;
				}
			}
	return best;
}

// Level of detail: 2 the cluster lies open (its nodes are drawn), 1 it is one
// disc, 0 it is out of sight. It opens where its nodes are `gap` pixels apart.
export function levels(clusters, view, w, h, gap = 4, margin = 0) {
	const [x0, y0, x1, y1] = seenBox(view, w, h, margin);
	const { n } = clusters;
	const out = new Uint8Array(n.length);
	for (let i = 0; i < n.length; i++) {
		const x = clusters.x[i],
			y = clusters.y[i],
			r = clusters.r[i];
		if (x + r < x0 || x - r > x1 || y + r < y0 || y - r > y1) continue;
		out[i] = apart(r, n[i]) * view.k >= gap ? 2 : 1;
	}
	return out;
}

// How far apart n points lie that fill a disc of radius r.
export const apart = (r, n) => r / Math.sqrt(Math.max(1, n) * 0.6);

// Marks that would lie on each other at zoom k become one. Greedy from the
// heaviest: it takes all whose middle is nearer than `touch` of both radii.
export function gathered(marks, k, touch = 0.8) {
	const order = marks
		.map((_, i) => i)
		.sort((a, b) => marks[b].weight - marks[a].weight || a - b);
	const far = (2 * touch * Math.max(0, ...marks.map((m) => m.r))) / k;
	const g = grid(
		order.map((i) => marks[i].x),
		order.map((i) => marks[i].y),
		Math.max(far, 1e-6),
	);
	const taken = new Uint8Array(order.length);
	const cell = (v) => Math.floor(v / g.cell);
	const near = (p, q) =>
		Math.hypot(p.x - q.x, p.y - q.y) * k <= touch * (p.r + q.r);
	return order
		.map((i, o) => {
			if (taken[o]) return null;
			const group = [];
			for (let cx = cell(g.xs[o]) - 1; cx <= cell(g.xs[o]) + 1; cx++)
				for (let cy = cell(g.ys[o]) - 1; cy <= cell(g.ys[o]) + 1; cy++)
					for (const p of g.at(cx, cy)) {
						if (taken[p] || !near(marks[i], marks[order[p]]))
							continue;
						taken[p] = 1;
						group.push(p);
					}
			return group.sort((a, b) => a - b).map((p) => order[p]);
		})
		.filter(Boolean);
}
