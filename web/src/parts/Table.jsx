// SPDX-License-Identifier: ISC
// A plain table of few rows; paper and charts use it too. What limit leaves out
// is said.

// columns: [{key, label, num, head, share, cell(row)}]; head: the row's name;
// share: of the width, in hundredths, where the table is not to decide it.
export function Table({ t, caption, hidden, columns, rows, limit }) {
	const shown = limit ? rows.slice(0, limit) : rows;
	return (
		<div class="tablewrap" tabIndex={0} role="group" aria-label={caption}>
			<table
				class={`table ${columns.some((c) => c.share) ? 'table-fixed' : ''}`}>
				<caption class={hidden ? 'unseen' : undefined}>
					{caption}
				</caption>
				{columns.some((c) => c.share) && (
					<colgroup>
						{columns.map((c) => (
							<col
								key={c.key}
								style={{ width: `${c.share ?? 10}%` }}
							/>
						))}
					</colgroup>
				)}
				<thead>
					<tr>
						{columns.map((c) => (
							<th
								key={c.key}
								scope="col"
								class={c.num ? 'num' : undefined}>
								{c.label}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{shown.map((row, i) => (
						<tr key={i}>
							{columns.map((c) =>
								c.head ? (
									<th key={c.key} scope="row">
										{cellOf(c, row)}
									</th>
								) : (
									<td
										key={c.key}
										class={c.num ? 'num' : undefined}>
										{cellOf(c, row)}
									</td>
								),
							)}
						</tr>
					))}
				</tbody>
			</table>
			<LeftOut t={t} n={rows.length - shown.length} />
		</div>
	);
}

export function LeftOut({ t, n }) {
	return n > 0 ? <p class="leftout">{t('devices.left_out', { n })}</p> : null;
}

const cellOf = (column, row) =>
	column.cell ? column.cell(row) : (row[column.key] ?? '–');
