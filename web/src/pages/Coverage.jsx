// SPDX-License-Identifier: ISC
import { useState } from 'preact/hooks';
import { CoverageBar, CoverMark, LOOKED } from '../parts/Bars.jsx';
import { LeftOut } from '../parts/Table.jsx';

// One bar of all declared places, and the places: those first that nobody looked
// at.
export function Coverage({ rows, see, print, t }) {
	const parts = LOOKED.map((state) => {
		const these = rows.filter((row) => row.state === state);
		return {
			state,
			n: these.length,
			share: these.reduce((sum, row) => sum + (row.share ?? 0), 0),
		};
	}).filter((part) => part.n > 0);
	const sorted = [...rows].sort(
		(a, b) => LOOKED.indexOf(b.state) - LOOKED.indexOf(a.state),
	);
	return (
		<section aria-labelledby="np-cover">
			<h2 id="np-cover">{t('verdict_page.coverage')}</h2>
			{rows.length > 0 ? (
				<>
					<CoverageBar parts={parts} />
					<ul class="legend">
						{parts.map(({ state, n }) => (
							<li key={state} class="mark">
								<CoverMark state={state} />
								<strong>{t.n(n)}</strong>{' '}
								{t.word('looked', state)}
							</li>
						))}
					</ul>
					<Places rows={sorted.slice(0, PLACES)} see={see} t={t} />
					<More
						rows={sorted.slice(PLACES)}
						see={see}
						print={print}
						t={t}
					/>
				</>
			) : (
				<p>{t('verdict_page.coverage_none')}</p>
			)}
		</section>
	);
}

const PLACES = 10,
	PLACES_MORE = 500;

// Thousands of places are in the document only when somebody wants them.
function More({ rows, see, print, t }) {
	const [open, setOpen] = useState(false);
	if (!rows.length) return null;
	if (print) return <LeftOut t={t} n={rows.length} />;
	return (
		<details onToggle={(e) => setOpen(e.currentTarget.open)}>
			<summary>{t('devices.more', { n: rows.length })}</summary>
			{open && (
				<Places rows={rows.slice(0, PLACES_MORE)} see={see} t={t} />
			)}
			{open && <LeftOut t={t} n={rows.length - PLACES_MORE} />}
		</details>
	);
}

function Places({ rows, see, t }) {
	return (
		<ul class="cover">
			{rows.map((row, i) => (
				<Place key={i} row={row} see={see} t={t} />
			))}
		</ul>
	);
}

function Place({ row, see, t }) {
	return (
		<li>
			<span class="cover-state mark">
				<CoverMark state={row.state} />
				{t.word('looked', row.state)}
			</span>
			<span class="cover-site text">
				{row.site && see.devices ? (
					<button
						type="button"
						class="linkbutton"
						onClick={() => see.devices({ site: [row.site] })}>
						{row.site}
					</button>
				) : (
					(row.site ?? row.country ?? t('verdict_page.no_site'))
				)}
				{row.name && <span class="quiet small"> {row.name}</span>}
			</span>
			<span class="cover-text quiet text">
				<span lang="en">{row.text}</span>
				{row.methods?.length > 0 && ` · ${row.methods.join(', ')}`}
				{row.until &&
					` · ${t('verdict_page.until', { day: t.day(row.until) })}`}
			</span>
		</li>
	);
}
