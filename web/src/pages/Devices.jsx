// SPDX-License-Identifier: ISC
// All devices: what is typed and chosen stands in the address.
import { useMemo, useState } from 'preact/hooks';
import { OPEN } from '../core/filter.js';
import { Chips, Facets } from '../parts/Facets.jsx';
import { Grid } from '../parts/Grid.jsx';
import { Shape, Status, Verdict } from '../parts/Mark.jsx';
import { LeftOut, Table } from '../parts/Table.jsx';

const ON_PAPER = 250;
const SHARES = {
	status: 17,
	name: 15,
	maker_name: 13,
	verdict: 12,
	model: 11,
	function: 11,
	site: 5,
	days: 9,
	address: 10,
};

// The columns that this reader's file has, in their order.
export function columnsOf(devices, t) {
	const get = (key) => (row) => devices.get(row, key);
	const text = (key) => (row) => {
		const value = devices.get(row, key);
		return value === null ? (
			<span class="quiet">–</span>
		) : (
			<span class="text" title={value}>
				{value}
			</span>
		);
	};
	const all = [
		{
			key: 'status',
			track: '8.9rem',
			cell: (row) => (
				<Status
					t={t}
					value={get('status')(row) ?? 'none'}
					brief
					secondary={
						get('sure')(row) === 'secondary' &&
						OPEN.includes(get('status')(row))
					}
				/>
			),
		},
		{
			key: 'name',
			track: 'minmax(7.5rem, 1.4fr)',
			cell: (row) => <NameOf devices={devices} row={row} />,
		},
		{
			key: 'maker_name',
			track: 'minmax(6.5rem, 1.3fr)',
			cell: text('maker_name'),
		},
		{
			key: 'verdict',
			track: '7rem',
			cell: (row) => (
				<Verdict t={t} value={get('verdict')(row) ?? 'unknown'} />
			),
		},
		{
			key: 'model',
			track: 'minmax(5.5rem, 1.1fr)',
			from: 760,
			cell: text('model'),
		},
		{
			key: 'function',
			track: 'minmax(5.5rem, 1fr)',
			cell: text('function'),
		},
		{
			key: 'site',
			track: 'minmax(5rem, .5fr)',
			cell: text('site'),
		},
		{
			key: 'days',
			cls: 'num',
			track: '9.2rem',
			from: 890,
			cell: (row) => {
				const due = get('due')(row),
					days = get('days')(row);
				return days === null ? (
					<span class="quiet">–</span>
				) : (
					<span title={t.days(days)}>
						{due ?? ''} <b>{t.n(days)}</b>
					</span>
				);
			},
		},
		{
			key: 'address',
			cls: 'mono',
			track: 'minmax(6.8rem, .8fr)',
			from: 1000,
			cell: text('address'),
		},
	];
	return all
		.filter((c) => devices.has(c.key))
		.map((c) => ({
			...c,
			label: t(`field.${c.key === 'days' ? 'due' : c.key}`),
		}));
}

export function nameOf(devices, row) {
	return (
		devices.get(row, 'name') ??
		devices.get(row, 'address') ??
		devices.get(row, 'mac') ??
		devices.get(row, 'id')
	);
}

function NameOf({ devices, row }) {
	const name = nameOf(devices, row);
	return (
		<span class="text" title={name}>
			<strong>{name}</strong>
		</span>
	);
}

// The slug stands in the address, the name is read.
export function makersOf(devices) {
	const names = new Map();
	const slugs = devices.columns.maker,
		said = devices.columns.maker_name;
	if (!slugs?.dict || !said) return names;
	for (
		let row = 0;
		row < devices.n && names.size < slugs.dict.length;
		row++
	) {
		const slug = slugs.at(row);
		if (slug !== null && !names.has(slug))
			names.set(slug, said.at(row) ?? slug);
	}
	return names;
}

export function Devices({ devices, run, facets, route, see, t, print }) {
	const columns = useMemo(() => columnsOf(devices, t), [devices, t]);
	const names = useMemo(() => makersOf(devices), [devices]);
	if (print) return <Paper {...{ devices, run, columns, t }} />;
	const set = (rest) => see.set(rest, true);
	return (
		<div class="devices">
			<div class="finder">
				<Find route={route} set={set} t={t} />
				<p class="found" role="status">
					{t('devices.count', {
						n: run.rows.length,
						all: devices.n,
					})}
				</p>
				<Order
					columns={columns}
					sort={route.sort ?? ''}
					t={t}
					onSort={(sort) => set({ sort })}
				/>
				{devices.has('sure') && (
					<p class="quiet small dagger">† {t('law.secondary_why')}</p>
				)}
				<Chips {...{ t, facets, route, set, names }} />
			</div>
			<Side {...{ t, facets, route, set, names }} counts={run.counts} />
			{run.rows.length > 0 ? (
				<Grid
					t={t}
					label={t('devices.table')}
					hint={t('devices.keys')}
					columns={columns}
					rows={run.rows}
					sort={route.sort ?? ''}
					onSort={(sort) => set({ sort })}
					at={route.open ? devices.rowOf(route.open) : -1}
					open={(row) => see.open(devices.get(row, 'id'))}
					brief={(row, span) => (
						<Brief {...{ devices, row, span, t }} />
					)}
				/>
			) : (
				<p class="notice none-found">{t('devices.none')}</p>
			)}
			<Subscribers devices={devices} t={t} />
		</div>
	);
}

function Find({ route, set, t }) {
	return (
		<label class="find">
			<span>{t('devices.find')}</span>
			<input
				type="search"
				value={route.q ?? ''}
				autocomplete="off"
				spellcheck={false}
				placeholder={t('devices.find_hint')}
				onInput={(e) => set({ q: e.currentTarget.value })}
			/>
		</label>
	);
}

function Order({ columns, sort, onSort, t }) {
	return (
		<label class="order">
			<span>{t('devices.order')}</span>
			<select
				value={sort}
				onChange={(e) => onSort(e.currentTarget.value)}>
				<option value="">{t('devices.order_first')}</option>
				{columns.flatMap((c) => [
					<option key={c.key} value={c.key}>
						{c.label} ↑
					</option>,
					<option key={`-${c.key}`} value={`-${c.key}`}>
						{c.label} ↓
					</option>,
				])}
			</select>
		</label>
	);
}

// On a narrow screen the filters are folded away.
function Side(rest) {
	const [folded, fold] = useState(true);
	const { t } = rest;
	return (
		<section
			class={`side ${folded ? 'is-folded' : ''}`}
			aria-label={t('devices.filters')}>
			<button
				type="button"
				class="fold"
				aria-expanded={!folded}
				onClick={() => fold(!folded)}>
				{t('devices.filters')}
			</button>
			<Facets {...rest} />
		</section>
	);
}

// A row as two lines, for narrow screens.
function Brief({ devices, row, span, t }) {
	const status = devices.get(row, 'status') ?? 'none';
	const rest = ['maker_name', 'model', 'site']
		.map((key) => devices.get(row, key))
		.filter(Boolean);
	return (
		<div
			role="gridcell"
			aria-colindex={1}
			aria-colspan={span}
			class="brief">
			<span class="brief-name text">
				<strong>{nameOf(devices, row)}</strong>
			</span>
			<span class="mark">
				<Shape kind={status} />
				{t.word('status', status)}
			</span>
			<span class="brief-rest text quiet">
				{rest.join(' · ') ||
					t.word('verdict', devices.get(row, 'verdict'))}
			</span>
		</div>
	);
}

function Paper({ devices, run, columns, t }) {
	const rows = [...run.rows.subarray(0, ON_PAPER)];
	return (
		<>
			<Table
				t={t}
				caption={t('devices.table')}
				hidden
				rows={rows}
				columns={columns.map((c) => ({ ...c, share: SHARES[c.key] }))}
			/>
			<LeftOut t={t} n={run.rows.length - rows.length} />
			<Subscribers devices={devices} t={t} />
		</>
	);
}

function Subscribers({ devices, t }) {
	if (!devices.subscribers.length) return null;
	return (
		<section class="subscribers">
			<h2>{t('devices.subscribers')}</h2>
			<Table
				t={t}
				caption={t('devices.subscribers')}
				hidden
				rows={devices.subscribers}
				columns={[
					{
						key: 'maker',
						label: t('field.maker'),
						head: true,
						cell: (r) => (
							<span class="text">{r.maker_name ?? r.maker}</span>
						),
					},
					{
						key: 'model',
						label: t('field.model'),
						cell: (r) => <span class="text">{r.model ?? '–'}</span>,
					},
					{ key: 'site', label: t('field.site') },
					{
						key: 'n',
						label: t('devices.number'),
						num: true,
						cell: (r) => t.n(r.n),
					},
				]}
			/>
		</section>
	);
}
