// SPDX-License-Identifier: ISC
// Filters beside the table: what can be chosen, with how many rows each would
// leave; and what is chosen, as things to take away again.
import { useState } from 'preact/hooks';
import { LAW, NOT_KNOWN, STATUSES, VERDICTS } from '../core/filter.js';
import { Shape } from './Mark.jsx';

const FIRST = 7,
	MANY = 200;
const FIXED = { status: STATUSES, verdict: VERDICTS };
const SHOWN = ['status', 'verdict', 'maker', 'function', 'country', 'site'];

// The first n of many, in order.
export function leading(values, n, before) {
	const first = [];
	for (const value of values) {
		let at = first.length;
		while (at > 0 && before(value, first[at - 1]) < 0) at--;
		if (at < n) first.splice(at, 0, value);
		if (first.length > n) first.pop();
	}
	return first;
}

// A value of a facet in words.
export function valueIn(t, facet, value, names) {
	if (value === NOT_KNOWN) return t('devices.unknown');
	if (FIXED[facet]) return t.word(facet, value);
	if (facet === LAW) {
		const [policy, status] = value.split('=');
		return `${policy} – ${t.word('status', status)}`;
	}
	return names?.get(value) ?? value;
}

export function Facets({ t, facets, counts, route, set, names }) {
	return (
		<div class="facets">
			{SHOWN.filter((name) => facets.includes(name)).map((name) => (
				<Facet
					key={name}
					t={t}
					name={name}
					counts={counts[name]}
					chosen={route[name] ?? []}
					names={name === 'maker' ? names : null}
					onChange={(values) => set({ [name]: values })}
				/>
			))}
		</div>
	);
}

function Facet({ t, name, counts, chosen, names, onChange }) {
	const [all, setAll] = useState(false);
	const [find, setFind] = useState('');
	const order = FIXED[name];
	const words = (value) => valueIn(t, name, value, names);
	const before = order
		? (a, b) => order.indexOf(a) - order.indexOf(b)
		: (a, b) =>
				(a === NOT_KNOWN) - (b === NOT_KNOWN) ||
				(counts.get(b) ?? 0) - (counts.get(a) ?? 0) ||
				(a < b ? -1 : 1);
	const every = [...new Set([...chosen, ...counts.keys()])];
	// At a keystroke thousands of sites are not put in order for seven of them.
	const values = all ? every.sort(before) : leading(every, FIRST, before);
	const sought = find
		? values.filter((v) =>
				String(words(v)).toLowerCase().includes(find.toLowerCase()),
			)
		: values;
	const shown = all
		? sought.slice(0, MANY)
		: [...new Set([...chosen, ...values])].sort(before);
	const left = (all ? sought.length : every.length) - shown.length;
	const label = t(`field.${name}`);
	return (
		<fieldset class="facet">
			<legend>{label}</legend>
			{all && every.length > 20 && (
				<input
					type="search"
					value={find}
					aria-label={t('devices.facet_find', { facet: label })}
					onInput={(e) => setFind(e.currentTarget.value)}
				/>
			)}
			<ul class={all ? 'facet-all' : undefined}>
				{shown.map((value) => (
					<li key={value}>
						<label>
							<input
								type="checkbox"
								checked={chosen.includes(value)}
								onChange={(e) =>
									onChange(
										e.currentTarget.checked
											? [...chosen, value]
											: chosen.filter((v) => v !== value),
									)
								}
							/>
							{order && <Shape kind={value} />}
							<span class="facet-name text">{words(value)}</span>
							<span class="facet-n">
								{t.n(counts.get(value) ?? 0)}
							</span>
						</label>
					</li>
				))}
			</ul>
			{left > 0 &&
				(all ? (
					<p class="quiet small">{t('devices.more', { n: left })}</p>
				) : (
					<button
						type="button"
						class="linkbutton small"
						onClick={() => setAll(true)}>
						{t('devices.more', { n: left })}
					</button>
				))}
		</fieldset>
	);
}

// What is chosen, each with a button that takes it away.
export function Chips({ t, facets, route, set, names }) {
	const all = [...facets, LAW];
	const chosen = all.flatMap((name) =>
		(route[name] ?? []).map((value) => ({ name, value })),
	);
	if (!chosen.length && !route.q) return null;
	const label = ({ name, value }) =>
		`${t(`field.${name}`)}: ${valueIn(t, name, value, names)}`;
	const without = ({ name, value }) => ({
		[name]: route[name].filter((v) => v !== value),
	});
	const none = Object.fromEntries(all.map((name) => [name, []]));
	return (
		<ul class="chips">
			{chosen.map((c) => (
				<li key={`${c.name}=${c.value}`}>
					<button
						type="button"
						class="chip"
						onClick={() => set(without(c))}
						aria-label={t('devices.remove', { what: label(c) })}>
						<span class="text">{label(c)}</span>{' '}
						<span aria-hidden="true">×</span>
					</button>
				</li>
			))}
			<li>
				<button
					type="button"
					class="linkbutton"
					onClick={() => set({ ...none, q: '' })}>
					{t('devices.clear')}
				</button>
			</li>
		</ul>
	);
}
