// SPDX-License-Identifier: ISC
// What hangs on what: C found, for each node, the nearest whose loss cuts it
// off (`up`, -1: none). Read backwards that is a forest, and what goes with a
// node is the subtree below it.

// Children side by side: those of i are list[start[i]] … list[start[i+1]-1].
export function children(up) {
	const n = up.length;
	const start = new Int32Array(n + 1);
	const good = (i) => up[i] >= 0 && up[i] < n && up[i] !== i;
	for (let i = 0; i < n; i++) if (good(i)) start[up[i] + 1]++;
	for (let i = 0; i < n; i++) start[i + 1] += start[i];
	const list = new Int32Array(start[n]);
	const next = start.slice(0, n);
	for (let i = 0; i < n; i++) if (good(i)) list[next[up[i]]++] = i;
	return { start, list };
}

// All that is cut off when i goes, without i, nearest first. A ring in the
// data (there should be none) is walked once.
export function subtree(kids, i) {
	const { start, list } = kids;
	const seen = new Set([i]);
	const out = [];
	let from = i;
	for (let at = 0; ; from = out[at++]) {
		for (let k = start[from]; k < start[from + 1]; k++) {
			if (seen.has(list[k])) continue;
			seen.add(list[k]);
			out.push(list[k]);
		}
		if (at >= out.length) return out;
	}
}

// The way up from i to the root of its tree: whose loss cuts i off.
export function above(up, i) {
	const out = [];
	const seen = new Set([i]);
	for (let at = up[i]; at >= 0 && at < up.length; at = up[at]) {
		if (seen.has(at)) break;
		seen.add(at);
		out.push(at);
	}
	return out;
}

// Rows of a table by a key: { key: count }, greatest first, then by key.
export function counted(list, key) {
	const by = new Map();
	for (const i of list) by.set(key(i), (by.get(key(i)) ?? 0) + 1);
	return [...by].sort(
		(a, b) => b[1] - a[1] || (String(a[0]) < String(b[0]) ? -1 : 1),
	);
}

// Links [{ from, to }] that lie on a way through the seeds: all that flows into
// them and all that flows out of them. Returns the sets of links and nodes.
export function through(links, seeds, seedLinks = []) {
	const nodes = new Set(seeds),
		on = new Set(seedLinks);
	const walk = (first, here, there) => {
		const queue = [...first];
		const seen = new Set(queue);
		while (queue.length) {
			const at = queue.pop();
			links.forEach((l, i) => {
				if (l[here] !== at) return;
				on.add(i);
				if (!seen.has(l[there])) queue.push(l[there]);
				seen.add(l[there]);
				nodes.add(l[there]);
			});
		}
	};
	const ends = (k) => [...seeds, ...seedLinks.map((i) => links[i][k])];
	walk(ends('to'), 'from', 'to');
	walk(ends('from'), 'to', 'from');
	for (const k of ['from', 'to']) ends(k).forEach((i) => nodes.add(i));
	return { nodes, links: on };
}
