// SPDX-License-Identifier: ISC
// The topology's pack, made ready to be drawn many times a second: who is in
// which cluster, which links stay within one, what hangs on what.
import { columnOf } from '../core/column.js';
import { children } from './tree.js';
import { bounds } from './visible.js';

// Lists side by side: those of i are list[start[i]] … list[start[i + 1] - 1].
function byKey(keys, n) {
	const start = new Int32Array(n + 1);
	for (const k of keys) if (k >= 0) start[k + 1]++;
	for (let i = 0; i < n; i++) start[i + 1] += start[i];
	const list = new Int32Array(start[n]);
	const next = start.slice(0, n);
	keys.forEach((k, i) => {
		if (k >= 0) list[next[k]++] = i;
	});
	return { start, list };
}

export function networkOf(pack) {
	const { nodes, edges } = pack;
	const n = nodes.n;
	const c = pack.clusters ?? [];
	const clusters = {
		label: c.map((o) => o.label),
		site: c.map((o) => o.site),
		n: c.map((o) => o.n),
		x: Float64Array.from(c, (o) => o.x),
		y: Float64Array.from(c, (o) => o.y),
		r: Float64Array.from(c, (o) => o.r),
		inScope: c.map((o) => o.in_scope ?? 0),
	};
	const cluster = Int32Array.from(
		{ length: n },
		(_, i) => nodes.cluster?.[i] ?? -1,
	);
	const within = new Int32Array(edges.n).fill(-1);
	const across = [];
	for (let e = 0; e < edges.n; e++) {
		const p = cluster[edges.a[e]],
			q = cluster[edges.b[e]];
		if (p === q && p >= 0) within[e] = p;
		else across.push(e);
	}
	const status = columnOf(nodes.status, n);
	const net = {
		n,
		cluster,
		clusters,
		across,
		x: Float64Array.from(nodes.x ?? []),
		y: Float64Array.from(nodes.y ?? []),
		label: (i) => nodes.label?.[i] ?? null,
		status: (i) => status.at(i) ?? 'none',
		device: (i) => nodes.device?.[i] ?? -1,
		behind: nodes.behind ? (i) => nodes.behind[i] ?? 0 : null,
		up: nodes.up ?? null,
		kids: nodes.up ? children(nodes.up) : null,
		a: Int32Array.from(edges.a ?? []),
		b: Int32Array.from(edges.b ?? []),
		members: byKey(cluster, c.length),
		inner: byKey(within, c.length),
		alone: [...cluster.keys()].filter((i) => cluster[i] < 0),
		joined: { a: [], b: [], n: [], ...pack.cluster_edges },
	};
	net.extent = extent(net);
	return net;
}

// The box around all nodes and discs, or null.
export function extent(net) {
	const c = net.clusters;
	const xs = [...c.x].flatMap((x, i) => [x - c.r[i], x + c.r[i]]);
	const ys = [...c.y].flatMap((y, i) => [y - c.r[i], y + c.r[i]]);
	return bounds([...xs, ...net.x], [...ys, ...net.y]);
}

// Nodes whose label has all the words, those that begin with them first.
export function searched(net, text, most = 8) {
	const words = text.toLowerCase().split(/\s+/).filter(Boolean);
	if (!words.length) return [];
	const first = [],
		rest = [];
	for (let i = 0; i < net.n && first.length < most; i++) {
		const label = net.label(i)?.toLowerCase();
		if (!label || !words.every((w) => label.includes(w))) continue;
		(label.startsWith(words[0]) ? first : rest).push(i);
	}
	return [...first, ...rest].slice(0, most);
}
