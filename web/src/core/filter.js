// SPDX-License-Identifier: ISC
// Which devices are shown and in what order. Made for 100,000 rows and a
// keystroke: words are looked up in each dictionary once, rows that have words
// of their own in one text a row, orders are made once a column.

export const FACETS = [
	'status',
	'verdict',
	'country',
	'site',
	'maker',
	'function',
	'model',
	'zone',
];
// law=POLICY=STATUS: whoever has that finding among all of his (column laws:
// all of a device's, with spaces between).
export const LAW = 'law';
export const STATUSES = [
	'in_scope',
	'component_in_scope',
	'contested',
	'undetermined',
	'exempt',
	'not_in_scope',
	'not_bound',
	'no_rule',
	'not_judged',
	'none',
];
// Those that reach a device, or may.
export const OPEN = [
	'in_scope',
	'component_in_scope',
	'contested',
	'undetermined',
];
export const VERDICTS = [
	'confirmed',
	'probable',
	'possible',
	'disputed',
	'unknown',
];
// What a facet calls a device of which it is not known.
export const NOT_KNOWN = '-';

const OWN = ['id', 'name', 'serial', 'address', 'mac'];
const SHARED = [
	'maker_name',
	'maker',
	'model',
	'version',
	'site',
	'country',
	'function',
	'clause',
	'zone',
];
const RANKED = { status: STATUSES, verdict: VERDICTS };
const NONE = 0xffffffff;
const ZEROS = '0000000000';

export function wordsOf(text) {
	return (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
}

// Digits compare by what they count: site-9 before site-10.
function padded(value) {
	return String(value)
		.toLowerCase()
		.replace(/\d+/g, (d) => ZEROS.slice(d.length) + d);
}

function rankOfDict(dict, name) {
	const fixed = RANKED[name];
	const rank = new Uint32Array(dict.length);
	if (fixed) {
		dict.forEach((value, i) => {
			const at = fixed.indexOf(value);
			rank[i] = at < 0 ? fixed.length : at;
		});
		return rank;
	}
	dict.map((value, i) => [padded(value), i])
		.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))
		.forEach(([, i], at) => {
			rank[i] = at;
		});
	return rank;
}

// A number for each row that sorts as its value does; NONE: not known.
function keysOf(column, name) {
	const keys = new Float64Array(column.n).fill(NONE);
	if (column.dict) {
		const rank = rankOfDict(column.dict, name);
		for (let row = 0; row < column.n; row++) {
			const i = column.index[row];
			if (i >= 0) keys[row] = rank[i];
		}
		return keys;
	}
	const texts = [];
	for (let row = 0; row < column.n; row++) {
		const value = column.at(row);
		if (typeof value === 'number') keys[row] = value;
		else if (value !== null) texts.push([padded(value), row]);
	}
	texts.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
	texts.forEach(([, row], at) => {
		keys[row] = at;
	});
	return keys;
}

// An index over devices: run({q, status: [...], ..., sort}) answers {rows,
// counts}; counts[facet] is a Map of value to how many rows would show.
export function indexOf(devices) {
	const { n, columns } = devices;
	const own = OWN.filter((name) => columns[name]);
	const shared = SHARED.filter((name) => columns[name]?.dict);
	const facets = FACETS.filter((name) => columns[name]?.dict);
	const alone = SHARED.filter((name) => columns[name] && !columns[name].dict);
	const orders = new Map();
	let texts = null;
	let last = null;

	function textsOf() {
		const from = [...own, ...alone].map((name) => columns[name]);
		texts = Array.from({ length: n }, (_, row) => {
			let text = '';
			for (const column of from) text += `${column.at(row) ?? ''}\n`;
			return text.toLowerCase();
		});
		return texts;
	}

	// Which rows have the word, among those that still stand.
	function narrow(stands, word) {
		const hits = [];
		for (const name of shared) {
			const { dict, index } = columns[name];
			const hit = Uint8Array.from(dict, (value) =>
				value.toLowerCase().includes(word) ? 1 : 0,
			);
			if (hit.includes(1)) hits.push([index, hit]);
		}
		const of = texts ?? textsOf();
		for (let row = 0; row < n; row++) {
			if (!stands[row]) continue;
			let has = false;
			for (const [index, hit] of hits) {
				if (hit[index[row]]) {
					has = true;
					break;
				}
			}
			if (!has && !of[row].includes(word)) stands[row] = 0;
		}
	}

	// Typing on narrows what stood before; anything else begins anew.
	function standing(q) {
		const words = wordsOf(q);
		if (last?.q === q) return last.stands;
		const on =
			last &&
			q.startsWith(last.q) &&
			last.words.length &&
			last.words.length <= words.length;
		const stands = on ? last.stands.slice() : new Uint8Array(n).fill(1);
		for (const word of words) narrow(stands, word);
		last = { q, words, stands };
		return stands;
	}

	function orderOf(name) {
		if (orders.has(name)) return orders.get(name);
		const order = Uint32Array.from({ length: n }, (_, row) => row);
		const by = name ? [name] : ['status', 'days', 'verdict'];
		const keys = by
			.filter((k) => columns[k])
			.map((k) => keysOf(columns[k], k));
		order.sort((a, b) => {
			for (const key of keys) {
				if (key[a] !== key[b]) return key[a] - key[b];
			}
			return a - b;
		});
		const known = keys.length
			? order.findIndex((row) => keys[0][row] === NONE)
			: -1;
		orders.set(name, { order, known: known < 0 ? n : known });
		return orders.get(name);
	}

	// The devices that have one of these findings.
	function lawTest(values) {
		if (!values?.length || !columns.laws?.dict) return null;
		const { dict, index } = columns.laws;
		const flags = Uint8Array.from(dict, (all) =>
			all.split(' ').some((one) => values.includes(one)) ? 1 : 0,
		);
		return (row) => flags[index[row]] === 1;
	}

	// What is chosen of a facet, as a flag a dictionary entry, and one more
	// for what is not known.
	function chosenOf(name, values) {
		const { dict } = columns[name];
		const flags = new Uint8Array(dict.length + 1);
		for (const value of values) {
			const at = value === NOT_KNOWN ? dict.length : dict.indexOf(value);
			if (at >= 0) flags[at] = 1;
		}
		return flags;
	}

	// The page and the drawer ask the same; the same answer is the same object.
	let answer = { key: null };
	function run(state) {
		const key = JSON.stringify(
			['q', 'sort', LAW, ...facets].map((name) => state[name]),
		);
		if (answer.key !== key) answer = { key, ...filtered(state) };
		return answer;
	}

	function filtered(state) {
		const stands = standing(state.q ?? '');
		const tests = facets.map((name) => {
			const { dict, index } = columns[name];
			const values = state[name] ?? [];
			return {
				name,
				dict,
				index,
				count: new Uint32Array(dict.length + 1),
				flags: values.length ? chosenOf(name, values) : null,
			};
		});
		const law = lawTest(state[LAW]);
		const shown = new Uint8Array(n);
		let many = 0;
		for (let row = 0; row < n; row++) {
			if (!stands[row] || (law && !law(row))) continue;
			let failed = null,
				fails = 0;
			for (const test of tests) {
				if (!test.flags) continue;
				const i = test.index[row];
				if (!test.flags[i < 0 ? test.dict.length : i]) {
					failed = test;
					if (++fails > 1) break;
				}
			}
			if (fails > 1) continue;
			// A row that only one facet hides counts in that facet.
			for (const test of fails ? [failed] : tests) {
				const i = test.index[row];
				test.count[i < 0 ? test.dict.length : i]++;
			}
			if (!fails) {
				shown[row] = 1;
				many++;
			}
		}
		return {
			rows: sorted(shown, many, state.sort),
			shown,
			counts: Object.fromEntries(tests.map(countsOf)),
		};
	}

	function countsOf({ name, dict, count }) {
		const map = new Map();
		count.forEach((c, i) => {
			if (c) map.set(i === dict.length ? NOT_KNOWN : dict[i], c);
		});
		return [name, map];
	}

	// Not known comes last, whichever way.
	function sorted(shown, many, sort = '') {
		const down = sort.startsWith('-');
		const { order, known } = orderOf(down ? sort.slice(1) : sort);
		const rows = new Uint32Array(many);
		let at = 0;
		for (let i = 0; i < known; i++) {
			const row = order[down ? known - 1 - i : i];
			if (shown[row]) rows[at++] = row;
		}
		for (let i = known; i < n; i++) {
			if (shown[order[i]]) rows[at++] = order[i];
		}
		return rows;
	}

	// What the first keystroke needs, made while nobody waits.
	const warm = () => {
		if (!texts) textsOf();
	};

	return { facets, run, warm };
}
