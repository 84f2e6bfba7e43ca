// SPDX-License-Identifier: ISC
// Columns as they come: an array, or {dict, v} where v holds indices, -1 for
// what is not known.

// {n, at(row), dict, index}: dict is null where the column is an array.
export function columnOf(column, n) {
	if (Array.isArray(column)) {
		return { n, dict: null, index: null, at: (row) => column[row] ?? null };
	}
	if (!column) return { n, dict: null, index: null, at: () => null };
	const { dict, v } = column;
	const index = Int32Array.from(v);
	return { n, dict, index, at: (row) => dict[index[row]] ?? null };
}

// The devices' pack, read by row and column name.
export function devicesOf(pack) {
	const columns = Object.create(null); // names may come from an address
	for (const [name, column] of Object.entries(pack.columns)) {
		columns[name] = columnOf(column, pack.n);
	}
	let rows = null;
	return {
		n: pack.n,
		columns,
		subscribers: pack.subscribers ?? [],
		has: (name) => name in columns,
		get: (row, name) => columns[name]?.at(row) ?? null,
		rowOf(id) {
			rows ??= new Map(
				Array.from({ length: pack.n }, (_, row) => [
					columns.id.at(row),
					row,
				]),
			);
			return rows.get(id) ?? -1;
		},
	};
}
