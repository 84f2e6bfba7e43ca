// SPDX-License-Identifier: ISC
// Which devices go through a node or a band of the flow, and how much of every
// other band they are. The pack has sums only; the table of devices says which.

const COLUMN = {
	place: 'country',
	maker: 'maker',
	function: 'function',
	finding: 'status',
};

const fateOf = (status, maker) =>
	status === 'in_scope' || status === 'component_in_scope'
		? 'in_scope'
		: status === 'undetermined' || status === 'contested'
			? 'undetermined'
			: maker === null
				? 'unknown'
				: 'other';

// For each device its node in each column and its band behind each, or null
// where the devices do not add up to the pack's sums: then nothing can be said.
export function pathsOf(pack, devices) {
	const columns = pack.columns.map((c) => COLUMN[c]);
	if (!devices || columns.some((c) => !c || !devices.has(c))) return null;
	const node = columns.map((_, c) => {
		const by = new Map();
		let rest = -1;
		pack.nodes.forEach((n, i) => {
			if (n.column !== c) return;
			if (n.more > 0) rest = i;
			else by.set(n.key, i);
		});
		return (key) => by.get(key) ?? rest;
	});
	const links = new Map(
		pack.links.map((l, i) => [`${l.from} ${l.to} ${l.status}`, i]),
	);
	const wide = columns.length;
	const nodes = new Int32Array(devices.n * wide);
	const bands = new Int32Array(devices.n * (wide - 1)).fill(-1);
	const sums = new Uint32Array(pack.links.length);
	for (let row = 0; row < devices.n; row++) {
		const fate = fateOf(
			devices.get(row, 'status'),
			devices.get(row, 'maker'),
		);
		for (let c = 0; c < wide; c++) {
			const at = (nodes[row * wide + c] = node[c](
				devices.get(row, columns[c]),
			));
			if (!c) continue;
			const i = links.get(`${nodes[row * wide + c - 1]} ${at} ${fate}`);
			if (i === undefined) return null;
			bands[row * (wide - 1) + c - 1] = i;
			sums[i]++;
		}
	}
	if (pack.links.some((l, i) => l.n !== sums[i])) return null;
	return { n: devices.n, wide, nodes, bands };
}

// How many of the devices that go through a node, or a band, go through each:
// {nodes: Map, links: Map} of index to count.
export function sharesOf(paths, kind, index) {
	const { n, wide, nodes, bands } = paths;
	const out = { nodes: new Map(), links: new Map() };
	const add = (map, i) => map.set(i, (map.get(i) ?? 0) + 1);
	const [list, step] = kind === 'node' ? [nodes, wide] : [bands, wide - 1];
	for (let row = 0; row < n; row++) {
		let through = false;
		for (let k = 0; k < step && !through; k++)
			through = list[row * step + k] === index;
		if (!through) continue;
		for (let c = 0; c < wide; c++) add(out.nodes, nodes[row * wide + c]);
		for (let c = 0; c < wide - 1; c++)
			add(out.links, bands[row * (wide - 1) + c]);
	}
	return out;
}
