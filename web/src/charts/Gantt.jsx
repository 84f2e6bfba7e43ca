// SPDX-License-Identifier: ISC
// The plan's waves: what is put up, what is taken down, where and when. C
// packed the bars into lanes below the name of their row; only rows in sight
// are in the page, however many there are, and on paper the first of them.
import { useState } from 'preact/hooks';
import { Figure, Legend, Mark, Table } from './Figure.jsx';
import { useOwnId, useWidth } from './hooks.js';
import { fitting, textWidth } from './letters.js';
import { devicesAt } from './links.js';
import { dayOf, labelsThatFit, line, monthTicks } from './scale.js';

const KINDS = ['replace', 'double', 'remove', 'both'];
const HEAD = 58;
const RIGHT = 10;
const ON_PAPER = 60; // rows

export function Gantt({ pack, t, route, boot, devices, open, print }) {
	const to = devicesAt(route, boot);
	const { ref, width, paper } = useWidth(print);
	const [seen, setSeen] = useState([0, 1400]);
	const key = useOwnId();
	const bars = pack.bars ?? [],
		rows = pack.rows ?? [];
	const nameOf = (b) =>
		b.device >= 0 && devices ? devices.get(b.device, 'name') : null;
	const word = (b) =>
		nameOf(b) ??
		b.label ??
		(b.n > 1 ? t('chart.boxes', { n: b.n }) : t('chart.unknown'));
	const saying = (mark) => {
		const [kind, i] = mark.split(':');
		if (kind === 'date') {
			const d = pack.deadlines[i];
			return [t.day(d.date), d.label, t('chart.boxes', { n: d.n ?? 0 })];
		}
		const b = bars[i];
		return [
			word(b),
			[b.site, b.region].filter(Boolean).join(' · '),
			`${t(`chart.gantt.${b.kind}`)}: ${t.day(b.from)} – ${t.day(b.to)}`,
			b.due && t('chart.gantt.due', { day: t.day(b.due) }),
			b.late && `▲ ${t('chart.gantt.late')}`,
		];
	};
	const onScroll = (e) => {
		const at = e.currentTarget.scrollTop,
			h = e.currentTarget.clientHeight;
		if (at < seen[0] + 200 || at + h > seen[1] - 200)
			setSeen([at - h, at + 2 * h]);
	};
	const href = (b) => {
		const id =
			b.device >= 0 && devices ? devices.get(b.device, 'id') : null;
		return id && open
			? to({ open: id })
			: to(b.site ? { site: [b.site] } : {});
	};

	return (
		<div ref={ref}>
			<Figure
				name="gantt"
				title={t('chart.gantt.title')}
				marks={saying}
				says={
					bars.length
						? t('chart.gantt.says', {
								n: bars.length,
								from: t.day(pack.start),
								to: t.day(pack.end),
							})
						: t('chart.gantt.none')
				}
				width={bars.length ? width : 0}
				tools={<Words pack={pack} t={t} />}
				legend={
					bars.length > 0 && (
						<Legend
							label={t('chart.legend')}
							entries={entriesOf(pack, t, key)}
						/>
					)
				}
				after={
					bars.length > 0 && (
						<>
							{paper && rows.length > ON_PAPER && (
								<p class="chart-note">
									{t('chart.gantt.part', {
										shown: ON_PAPER,
										n: rows.length,
									})}
								</p>
							)}
							<Table
								t={t}
								paper={paper}
								caption={t('chart.gantt.title')}
								head={[
									t('chart.box'),
									t('chart.site'),
									t('chart.gantt.what'),
									t('chart.gantt.from'),
									t('chart.gantt.to'),
									t('chart.gantt.due_head'),
									t('chart.gantt.late_head'),
								]}
								rows={bars.map((b) => [
									{ text: word(b), href: href(b) },
									b.site ?? b.region,
									t(`chart.gantt.${b.kind}`),
									b.from,
									b.to,
									b.due ?? null,
									b.late ? t('chart.gantt.late') : null,
								])}
							/>
						</>
					)
				}>
				{({ id, label }) => (
					<div class="chart-scroll" onScroll={onScroll}>
						<Bars
							{...{
								pack,
								t,
								width,
								id,
								label,
								saying,
								href,
								bars,
								word,
							}}
							rows={paper ? rows.slice(0, ON_PAPER) : rows}
							seen={paper ? [0, Infinity] : seen}
						/>
					</div>
				)}
			</Figure>
		</div>
	);
}

// What it costs, what does not go together, what no wave removes.
function Words({ pack, t }) {
	const money = (which) => {
		const { currency, [which]: sum } = pack.cost;
		// The party's file says the currency; Intl knows three letters.
		return /^[A-Z]{3}$/.test(currency)
			? new Intl.NumberFormat(t.lang, {
					style: 'currency',
					currency,
					maximumFractionDigits: 0,
				}).format(sum ?? 0)
			: `${t.n(sum ?? 0)} ${currency ?? ''}`;
	};
	return (
		<>
			{pack.note && <p class="chart-note">{pack.note}</p>}
			{pack.cost && (
				<p class="chart-cost">
					{t('chart.gantt.cost', {
						low: money('low'),
						expected: money('expected'),
						high: money('high'),
					})}
				</p>
			)}
			{pack.later > 0 && (
				<p class="chart-cost">
					▲ {t('chart.gantt.later', { n: pack.later })}
				</p>
			)}
			{pack.clashes?.length > 0 && (
				<section
					class="chart-clashes"
					aria-label={t('chart.gantt.clashes')}>
					<h3>▲ {t('chart.gantt.clashes')}</h3>
					<ul>
						{pack.clashes.map((c) => (
							<li key={c}>{c}</li>
						))}
					</ul>
				</section>
			)}
		</>
	);
}

function entriesOf(pack, t, key) {
	const has = (kind) => pack.bars.some((b) => b.kind === kind);
	return [
		...KINDS.filter(has).map((k) => ({
			draw: (
				<g>
					<Patterns id={`${key}${k}`} />
					<Block
						id={`${key}${k}`}
						kind={k}
						x={-13}
						y={-6}
						w={26}
						h={12}
					/>
				</g>
			),
			word: t(`chart.gantt.${k}`),
		})),
		pack.bars.some((b) => b.late) && {
			draw: <path class="chart-late" d="M0-6L6 5H-6Z" />,
			word: t('chart.gantt.late'),
		},
		pack.deadlines?.length > 0 && {
			draw: <line class="chart-date" y1="-8" y2="8" />,
			word: t('chart.burndown.date'),
		},
		pack.periods?.length > 1 && {
			draw: (
				<rect
					class="chart-wave is-odd"
					x="-12"
					y="-7"
					width="24"
					height="14"
				/>
			),
			word: t('chart.gantt.wave_key'),
		},
	];
}

function Patterns({ id }) {
	return (
		<defs>
			<pattern
				id={`${id}-remove`}
				width="6"
				height="6"
				patternUnits="userSpaceOnUse"
				patternTransform="rotate(45)">
				<rect class="chart-remove-ground" width="6" height="6" />
				<line class="chart-remove-line" x1="3" y1="0" x2="3" y2="6" />
			</pattern>
			<pattern
				id={`${id}-double`}
				width="6"
				height="6"
				patternUnits="userSpaceOnUse">
				<rect class="chart-double-ground" width="6" height="6" />
				<circle class="chart-double-dot" cx="3" cy="3" r="1.3" />
			</pattern>
			<pattern
				id={`${id}-both`}
				width="6"
				height="6"
				patternUnits="userSpaceOnUse"
				patternTransform="rotate(45)">
				<rect class="chart-both-ground" width="6" height="6" />
				<line class="chart-both-line" x1="3" y1="0" x2="3" y2="6" />
			</pattern>
		</defs>
	);
}

function Block({ id, kind, x, y, w, h }) {
	return (
		<rect
			class={`chart-bar is-${kind}`}
			x={x}
			y={y}
			width={Math.max(3, w)}
			height={h}
			rx="2"
			fill={kind === 'replace' ? undefined : `url(#${id}-${kind})`}
		/>
	);
}

function Bars({
	pack,
	t,
	width,
	id,
	label,
	saying,
	href,
	bars,
	word,
	rows,
	seen,
}) {
	const sx = (width - RIGHT) / pack.box[0];
	const last = rows[rows.length - 1];
	const end = HEAD + last.y + last.h + 4;
	// A day lasts until the next begins.
	const x = line(dayOf(pack.start), dayOf(pack.end) + 1, 0, width - RIGHT);
	const inSight = (y, h) => HEAD + y + h >= seen[0] && HEAD + y <= seen[1];
	const shown = [...bars.keys()].filter(
		(i) => bars[i].row < rows.length && inSight(bars[i].y, bars[i].h),
	);
	return (
		<svg
			class="chart-svg"
			viewBox={`0 0 ${width} ${end}`}
			width={width}
			height={end}
			role="group"
			{...label}>
			<desc>{t('chart.gantt.desc')}</desc>
			<Patterns id={id} />
			<Time {...{ pack, t, width, end, x, sx }} />
			{rows.map(
				(r, i) =>
					inSight(r.y, r.h) && (
						<g key={i} aria-hidden="true">
							<line
								class="chart-rule"
								x1="0"
								x2={width}
								y1={HEAD + r.y}
								y2={HEAD + r.y}
							/>
							<text
								class="chart-name is-strong"
								x="2"
								y={HEAD + r.y + 13}>
								{fitting(
									r.label ?? t('chart.unknown'),
									width,
									12,
									600,
								)}
							</text>
						</g>
					),
			)}
			<Dates {...{ pack, width, end, sx, saying }} />
			{shown.map((i) => (
				<Mark
					key={i}
					href={href(bars[i])}
					data-mark={`bar:${i}`}
					aria-label={saying(`bar:${i}`).filter(Boolean).join('. ')}>
					<Block
						id={id}
						kind={bars[i].kind}
						x={bars[i].x * sx}
						y={HEAD + bars[i].y}
						w={bars[i].w * sx}
						h={bars[i].h}
					/>
				</Mark>
			))}
			<g aria-hidden="true">
				{shown.map((i) => (
					<BarWords
						key={i}
						{...{ b: bars[i], t, width, sx, name: word(bars[i]) }}
					/>
				))}
			</g>
		</svg>
	);
}

// Waves and months, behind the bars.
function Time({ pack, t, width, end, x, sx }) {
	const words = new Intl.DateTimeFormat(t.lang, {
		month: 'short',
		timeZone: 'UTC',
	});
	const months = monthTicks(
		dayOf(pack.start),
		dayOf(pack.end),
		Math.max(3, Math.floor(width / 70)),
	);
	return (
		<g aria-hidden="true">
			{(pack.periods ?? []).map((p, i) => {
				const w = p.w * sx,
					text = t('chart.gantt.wave', { n: p.wave });
				return (
					<g key={i}>
						<rect
							class={`chart-wave${i % 2 ? ' is-odd' : ''}`}
							x={p.x * sx}
							y="20"
							height={end - 20}
							width={w}
						/>
						{w > 14 && (
							<text
								class="chart-tick"
								x={p.x * sx + w / 2}
								y="50"
								text-anchor="middle">
								{textWidth(text, 11) + 6 < w
									? text
									: t.n(p.wave)}
							</text>
						)}
					</g>
				);
			})}
			{months.map((m) => (
				<g key={m.iso}>
					<line
						class="chart-rule"
						x1={x(m.day)}
						x2={x(m.day)}
						y1="22"
						y2={end}
					/>
					{x(m.day) + 30 < width && (
						<text class="chart-tick" y="33" x={x(m.day) + 4}>
							{words.format(m.day * 86400000)}
							{m.year && ` ${m.iso.slice(0, 4)}`}
						</text>
					)}
				</g>
			))}
		</g>
	);
}

// Dates of the rules, above the waves, with their names where they fit.
function Dates({ pack, width, end, sx, saying }) {
	const dates = (pack.deadlines ?? [])
		.map((d, i) => ({ ...d, i }))
		.filter((d) => d.x != null);
	const flags = dates.map((d) => {
		const w = textWidth(d.label ?? d.date, 11);
		return {
			at: d.x * sx,
			w,
			weight: d.n ?? 0,
			x: Math.min(width - w / 2, Math.max(w / 2, d.x * sx)),
		};
	});
	const fit = labelsThatFit(flags);
	return dates.map((d, k) => (
		<g
			key={d.i}
			data-mark={`date:${d.i}`}
			role="img"
			aria-label={saying(`date:${d.i}`).filter(Boolean).join('. ')}>
			<line
				class="chart-date"
				x1={flags[k].at}
				x2={flags[k].at}
				y1="15"
				y2={end}
			/>
			<line
				class="chart-aim"
				x1={flags[k].at}
				x2={flags[k].at}
				y1="0"
				y2={HEAD}
			/>
			{fit.has(k) && (
				<text
					class="chart-name is-small"
					y="11"
					x={flags[k].x}
					text-anchor="middle">
					{d.label ?? d.date}
				</text>
			)}
		</g>
	));
}

function BarWords({ b, t, width, sx, name }) {
	const x = b.x * sx,
		w = Math.max(3, b.w * sx),
		y = HEAD + b.y;
	const late =
		b.late && (b.kind === 'remove' || b.kind === 'both')
			? t('chart.gantt.late')
			: '';
	const fits = x + w + textWidth(late, 11) + 22 < width;
	// A text hides the pattern that says what is done: it stands on one only
	// where it leaves most of it, or where no other bar says whose it is.
	const share = { replace: 1, both: 0.85, remove: 0.6, double: 0 }[b.kind];
	const text = fitting(name, w * (share ?? 0) - 10, 11);
	return (
		<>
			{text && b.kind !== 'replace' && (
				<rect
					class="chart-chip"
					x={x + 3}
					y={y + 1}
					width={textWidth(text, 11) + 4}
					height={b.h - 2}
					rx="2"
				/>
			)}
			{text && (
				<text
					class={`chart-in-bar is-${b.kind}`}
					x={x + 5}
					y={y + b.h / 2 + 4}>
					{text}
				</text>
			)}
			{late && (
				<g
					transform={`translate(${fits ? x + w + 9 : x - 8} ${
						y + b.h / 2
					})`}>
					<path class="chart-late" d="M0-5L5 4H-5Z" />
					{fits && (
						<text class="chart-name is-small" x="9" y="4">
							{late}
						</text>
					)}
				</g>
			)}
		</>
	);
}
