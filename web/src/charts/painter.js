// SPDX-License-Identifier: ISC
// Draws the network on a canvas. A cluster whose nodes would lie too close is
// one disc; the rest is drawn in a few long paths and small stamps.
import { STATUSES } from '../core/filter.js';
import { drawnAs, shapeOf } from './shapes.js';
import { apart, levels, seenBox } from './visible.js';

export const GAP = 4;
const NAMES = 160;
const BESIDE = 40;
const PATH = 200; // lines
const LONG = 2000;

// A line may be in sight unless both its ends lie beyond the same edge.
const crosses = (x0, y0, x1, y1, w, h) =>
	!(
		(x0 < 0 && x1 < 0) ||
		(y0 < 0 && y1 < 0) ||
		(x0 > w && x1 > w) ||
		(y0 > h && y1 > h)
	);

// Colours and letters as the page's style has them: `probe` holds one element
// of each class with data-ink.
export function inkOf(probe) {
	const ink = {};
	for (const el of probe.querySelectorAll('[data-ink]')) {
		const s = getComputedStyle(el);
		ink[el.dataset.ink] = {
			fill: s.fill,
			stroke: s.stroke,
			width: parseFloat(s.strokeWidth) || 1,
		};
	}
	ink.font = getComputedStyle(probe).fontFamily;
	return ink;
}

// A small picture of a status' shape, drawn once a size and colour.
function stamps(ink, dpr) {
	const made = new Map();
	return (status, r) => {
		const key = `${status} ${r}`;
		if (made.has(key)) return made.get(key);
		const half = Math.ceil(1.3 * r + 2);
		const c = new OffscreenCanvas(2 * half * dpr, 2 * half * dpr);
		const g = c.getContext('2d');
		const own = ink[status];
		g.scale(dpr, dpr);
		g.translate(half, half);
		const path = new Path2D(shapeOf(status, r));
		g.lineWidth = 2;
		g.strokeStyle = ink.ground.fill;
		g.stroke(path);
		g.fillStyle = own.fill;
		g.fill(path, 'evenodd');
		made.set(key, { c, half });
		return made.get(key);
	};
}

export function painterOf(net, canvas) {
	const g = canvas.getContext('2d', { alpha: false });
	let ink = null,
		stamp = null,
		dpr = 1,
		w = 0,
		h = 0,
		spare = 0;

	// `beyond`: how much of the width lies beyond each side of the frame.
	const sized = (width, height, beyond, ratio, colours) => {
		[w, h, spare, dpr, ink] = [width, height, beyond, ratio, colours];
		canvas.width = Math.round(w * dpr);
		canvas.height = Math.round(h * dpr);
		canvas.style.width = `${w}px`;
		canvas.style.height = `${h}px`;
		stamp = stamps(ink, dpr);
	};

	// A line between all pairs that `each` names and that may be in sight, as
	// paths of some hundred: one long path costs more than its parts.
	let drawn = 0;
	const lines = (colour, width, each) => {
		let n = 0;
		g.strokeStyle = colour;
		g.lineWidth = width;
		g.beginPath();
		each((x0, y0, x1, y1) => {
			if (!crosses(x0, y0, x1, y1, w, h)) return;
			g.moveTo(x0, y0);
			g.lineTo(x1, y1);
			if (++n % PATH) return;
			g.stroke();
			g.beginPath();
		});
		g.stroke();
		drawn += n;
	};

	// Draws, and says which clusters lie open, what nodes are in sight and how
	// many lines that took. `quick` leaves the lines out.
	function paint(view, { chosen = -1, cut = null, quick = false } = {}) {
		const X = (v) => v * view.k + view.x,
			Y = (v) => v * view.k + view.y;
		const level = levels(net.clusters, view, w, h, GAP);
		g.setTransform(dpr, 0, 0, dpr, 0, 0);
		g.fillStyle = ink.ground.fill;
		g.fillRect(0, 0, w, h);

		drawn = 0;
		discs((i) => level[i] === 2, ink.open, X, Y, view.k);
		if (!quick) links(level, X, Y);
		discs((i) => level[i] === 1, ink.closed, X, Y, view.k, cut);
		const seen = nodes(view, level, X, Y, cut, chosen);
		names(view, level, X, Y, seen);
		return { level, seen, lines: drawn };
	}

	function links(level, X, Y) {
		const far = acrossIn(level, X, Y);
		// Too many long lines are a grey field, and slow: then one a pair.
		joints(level, X, Y, far.length > LONG);
		lines(ink.edge.stroke, ink.edge.width, (put) => {
			if (far.length <= LONG)
				for (const l of far) put(l[0], l[1], l[2], l[3]);
			const { start, list } = net.inner;
			const end = (c) => (level[c] === 2 ? start[c + 1] : start[c]);
			for (let c = 0; c < level.length; c++)
				for (let k = start[c]; k < end(c); k++) {
					const p = net.a[list[k]];
					const q = net.b[list[k]];
					put(X(net.x[p]), Y(net.y[p]), X(net.x[q]), Y(net.y[q]));
				}
		});
	}

	// Links that leave their clusters, in sight and from or to an open one: a
	// closed one's end is its middle.
	function acrossIn(level, X, Y) {
		const c = net.clusters,
			out = [];
		for (const e of net.across) {
			const p = net.a[e],
				q = net.b[e];
			const cp = net.cluster[p],
				cq = net.cluster[q];
			const op = cp < 0 || level[cp] === 2;
			const oq = cq < 0 || level[cq] === 2;
			if (!op && !oq) continue;
			const x0 = X(op ? net.x[p] : c.x[cp]);
			const y0 = Y(op ? net.y[p] : c.y[cp]);
			const x1 = X(oq ? net.x[q] : c.x[cq]);
			const y1 = Y(oq ? net.y[q] : c.y[cq]);
			if (crosses(x0, y0, x1, y1, w, h)) out.push([x0, y0, x1, y1]);
		}
		return out;
	}

	// Links between clusters, the wider the more they are; of open ones too
	// where all are asked for.
	function joints(level, X, Y, all) {
		const { a, b, n } = net.joined;
		const c = net.clusters;
		for (const [from, to, width] of [
			[0, 4, 0.8],
			[4, 32, 1.6],
			[32, Infinity, 3],
		]) {
			lines(ink.joint.stroke, width, (put) => {
				for (let i = 0; i < a.length; i++) {
					if (n[i] <= from || n[i] > to) continue;
					if (!all && (level[a[i]] === 2 || level[b[i]] === 2))
						continue;
					put(X(c.x[a[i]]), Y(c.y[a[i]]), X(c.x[b[i]]), Y(c.y[b[i]]));
				}
			});
		}
	}

	// Discs, and how much of each is in scope as a part of its rim.
	function discs(want, own, X, Y, k, cut) {
		const c = net.clusters;
		g.beginPath();
		const all = [];
		for (let i = 0; i < c.n.length; i++) {
			if (!want(i)) continue;
			all.push(i);
			const r = discOf(c.r[i], k);
			g.moveTo(X(c.x[i]) + r, Y(c.y[i]));
			g.arc(X(c.x[i]), Y(c.y[i]), r, 0, 2 * Math.PI);
		}
		g.fillStyle = own.fill;
		g.fill();
		g.strokeStyle = own.stroke;
		g.lineWidth = own.width;
		g.stroke();
		if (own !== ink.closed) return;
		rims(all, X, Y, k, ink.in_scope.fill, (i) => c.inScope[i] / c.n[i], 0);
		if (!cut) return;
		const gone = new Map();
		for (const i of cut)
			gone.set(net.cluster[i], (gone.get(net.cluster[i]) ?? 0) + 1);
		rims(
			all,
			X,
			Y,
			k,
			ink.cut.stroke,
			(i) => (gone.get(i) ?? 0) / c.n[i],
			4,
		);
	}

	function rims(list, X, Y, k, colour, share, out) {
		const c = net.clusters;
		g.beginPath();
		for (const i of list) {
			const s = share(i);
			if (!(s > 0)) continue;
			const r = discOf(c.r[i], k) + out,
				top = -Math.PI / 2;
			const end = top + 2 * Math.PI * Math.max(0.06, Math.min(1, s));
			g.moveTo(X(c.x[i]), Y(c.y[i]) - r);
			g.arc(X(c.x[i]), Y(c.y[i]), r, top, end);
		}
		g.strokeStyle = colour;
		g.lineWidth = 3;
		g.stroke();
	}

	// The nodes of open clusters, the weighty statuses above the others.
	function nodes(view, level, X, Y, cut, chosen) {
		const [x0, y0, x1, y1] = seenBox(view, w, h, 8);
		const by = Object.fromEntries(STATUSES.map((s) => [s, []]));
		const seen = [];
		const put = (i) => {
			const nx = net.x[i],
				ny = net.y[i];
			if (nx < x0 || nx > x1 || ny < y0 || ny > y1) return;
			seen.push(i);
			by[drawnAs(net.status(i))].push(i);
		};
		const { start, list } = net.members;
		for (let c = 0; c < level.length; c++)
			if (level[c] === 2)
				for (let k = start[c]; k < start[c + 1]; k++) put(list[k]);
		net.alone.forEach(put);
		const r = sizeOf(view, level);
		for (const s of [...STATUSES].reverse())
			some(
				by[s],
				s,
				s === 'in_scope' ? r * 1.2 : r,
				X,
				Y,
				(i) => cut && !cut.has(i) && i !== chosen,
			);
		if (cut)
			rings(
				seen.filter((i) => cut.has(i)),
				r + 3,
				ink.cut,
				X,
				Y,
			);
		if (chosen >= 0) rings([chosen], r + 6, ink.chosen, X, Y);
		return seen;
	}

	function sizeOf(view, level) {
		let least = Infinity;
		for (let i = 0; i < level.length; i++)
			if (level[i] === 2)
				least = Math.min(
					least,
					apart(net.clusters.r[i], net.clusters.n[i]),
				);
		if (least === Infinity) least = 40;
		return (
			Math.round(
				2 * Math.max(1.4, Math.min(7.5, 0.26 * least * view.k)),
			) / 2
		);
	}

	function some(list, status, r, X, Y, faint) {
		if (r < 2.2) {
			for (const pale of [true, false]) {
				g.fillStyle = ink[status].fill;
				g.globalAlpha = pale ? 0.25 : 1;
				for (const i of list)
					if (Boolean(faint(i)) === pale)
						g.fillRect(
							X(net.x[i]) - r,
							Y(net.y[i]) - r,
							2 * r,
							2 * r,
						);
			}
			return;
		}
		const { c, half } = stamp(status, Math.round(r * 2) / 2);
		for (const i of list) {
			g.globalAlpha = faint(i) ? 0.25 : 1;
			g.drawImage(
				c,
				X(net.x[i]) - half,
				Y(net.y[i]) - half,
				2 * half,
				2 * half,
			);
		}
		g.globalAlpha = 1;
	}

	function rings(list, r, own, X, Y) {
		g.beginPath();
		for (const i of list) {
			g.moveTo(X(net.x[i]) + r, Y(net.y[i]));
			g.arc(X(net.x[i]), Y(net.y[i]), r, 0, 2 * Math.PI);
		}
		g.strokeStyle = own.stroke;
		g.lineWidth = own.width;
		g.stroke();
	}

	// Names where there is room: clusters first, then nodes by what hangs on
	// them.
	function names(view, level, X, Y, seen) {
		const taken = new Set();
		const write = (text, middle, py, size) => {
			g.font = `${size}px ${ink.font}`;
			const wide = g.measureText(text).width;
			// A name at the frame's edge stays within it.
			const least = spare + wide / 2 + 4;
			const px =
				middle < spare || middle > w - spare
					? middle
					: Math.max(least, Math.min(w - least, middle));
			const cells = [];
			for (
				let cx = Math.floor((px - wide / 2) / 24);
				cx <= Math.floor((px + wide / 2) / 24);
				cx++
			)
				for (const cy of [
					Math.floor((py - size) / 12),
					Math.floor((py + 3) / 12),
				])
					cells.push(cx * 4096 + cy);
			if (cells.some((k) => taken.has(k))) return;
			cells.forEach((k) => taken.add(k));
			g.lineWidth = 3;
			g.strokeStyle = ink.ground.fill;
			g.lineJoin = 'round';
			g.strokeText(text, px, py);
			g.fillText(text, px, py);
		};
		g.textAlign = 'center';
		g.fillStyle = ink.name.fill;
		const c = net.clusters;
		const order = [...level.keys()]
			.filter((i) => level[i])
			.sort((p, q) => c.n[q] - c.n[p]);
		let left = NAMES;
		const beside = [];
		for (const i of order) {
			const r = discOf(c.r[i], view.k);
			const text = c.label[i] ?? '';
			if (!text || left <= 0) continue;
			g.font = `11px ${ink.font}`;
			if (level[i] === 2 && r >= 11) {
				write(text, X(c.x[i]), Y(c.y[i]) - r - 5, 12);
				left--;
			} else if (level[i] === 1 && g.measureText(text).width < 2.1 * r) {
				g.fillText(text, X(c.x[i]), Y(c.y[i]) + 4);
				left--;
			} else if (beside.length < BESIDE) beside.push(i);
		}
		// Some names to find one's way by, where no disc has room for its own.
		if (left === NAMES)
			for (const i of beside)
				write(
					c.label[i],
					X(c.x[i]),
					Y(c.y[i]) - discOf(c.r[i], view.k) - 4,
					11,
				);
		if (sizeOf(view, level) < 5) return;
		g.fillStyle = ink.name.fill;
		const rank = net.behind
			? [...seen].sort((p, q) => net.behind(q) - net.behind(p))
			: seen;
		for (const i of rank.slice(0, left))
			if (net.label(i))
				write(net.label(i), X(net.x[i]), Y(net.y[i]) + 19, 10.5);
	}

	return { paint, sized, ink: () => ink };
}

// A disc is never so small that it cannot be seen or hit.
export const discOf = (r, k) => Math.max(4, r * k);
