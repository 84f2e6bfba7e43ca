// SPDX-License-Identifier: ISC
// The plan's waves: what is put up, what is taken down, where and when. C packed
// the bars into lanes; only rows in sight are in the page, however many sites
// there are, and on paper the first of them.
import { useMemo, useRef, useState } from 'preact/hooks';
import { Figure, Legend, Table } from './Figure.jsx';
import { useWidth } from './hooks.js';
import { fitting, textWidth } from './letters.js';
import { devicesAt } from './links.js';
import { dayOf, labelsThatFit, line, monthTicks } from './scale.js';

const KINDS = ['replace', 'double', 'remove'];
const HEAD = 58;
const ON_PAPER = 60;	// rows

export function Gantt({ pack, t, route, devices, open, paper: forced }) {
	const to = devicesAt(route);
	const { ref, width, paper } = useWidth(forced);
	const [seen, setSeen] = useState([0, 900]);
	const scroll = useRef(null);
	const bars = pack.bars ?? [], rows = pack.rows ?? [];
	const late = bars.filter((b) => b.late).length;
	const day = (iso) => t.day(iso);
	const saying = (mark) => {
		const [kind, i] = mark.split(':');
		if (kind === 'date')
			return [day(pack.deadlines[i].date), pack.deadlines[i].label];
		const b = bars[i];
		return [b.label ?? t('chart.unknown'), [b.site, b.region]
			.filter(Boolean).join(' · '),
		`${t(`chart.gantt.${b.kind}`)}: ${day(b.from)} – ${day(b.to)}`,
		b.due && t('chart.gantt.due', { day: day(b.due) }),
		b.late && `▲ ${t('chart.gantt.late')}`];
	};
	const onScroll = (e) => {
		const at = e.currentTarget.scrollTop;
		const view = e.currentTarget.clientHeight;
		if (at < seen[0] + 100 || at + view > seen[1] - 100)
			setSeen([at - view, at + 2 * view]);
	};
	const href = (b) => {
		const id = b.device >= 0 && devices ? devices.get(b.device, 'id') : null;
		return id && open ? to({ open: id })
			: to(b.site ? { site: [b.site] } : {});
	};

	return <div ref={ref}>
		<Figure name="gantt" title={t('chart.gantt.title')} marks={saying}
			says={bars.length ? t('chart.gantt.says', { n: bars.length,
				from: day(pack.start), to: day(pack.end) })
				: t('chart.gantt.none')}
			width={bars.length ? width : 0}
			tools={<>
				{pack.cost && <p class="chart-cost">{t('chart.gantt.cost',
					{ low: money(t, pack.cost, 'low'),
						expected: money(t, pack.cost, 'expected'),
						high: money(t, pack.cost, 'high') })}</p>}
				{pack.clashes?.length > 0 && <section class="chart-clashes"
					aria-label={t('chart.gantt.clashes')}>
					<h3>▲ {t('chart.gantt.clashes')}</h3>
					<ul>{pack.clashes.map((c) => <li key={c}>{c}</li>)}</ul>
				</section>}
			</>}
			legend={bars.length > 0 && <Legend label={t('chart.legend')}
				entries={[
					...KINDS.filter((k) => bars.some((b) => b.kind === k))
						.map((k) => ({ draw: <g>
							<Patterns id={`gantt-legend-${k}`} />
							<Block id={`gantt-legend-${k}`} kind={k} x={-13}
								y={-6} w={26} h={12} /></g>,
						word: t(`chart.gantt.${k}`) })),
					late > 0 && { draw: <path class="chart-late"
						d="M0-6L6 5H-6Z" />, word: t('chart.gantt.late') },
					pack.deadlines?.length > 0 && { draw: <line
						class="chart-date" y1="-8" y2="8" />,
					word: t('chart.burndown.date') },
					pack.periods?.length > 1 && { draw: <rect
						class="chart-wave is-odd" x="-12" y="-7" width="24"
						height="14" />, word: t('chart.gantt.wave_key') },
				]} />}
			after={bars.length > 0 && <>
				{paper && rows.length > ON_PAPER && <p class="chart-note">
					{t('chart.gantt.part', { shown: ON_PAPER,
						n: rows.length })}</p>}
				<Table t={t} caption={t('chart.gantt.title')}
					head={[t('chart.box'), t('chart.site'), t('chart.gantt.what'),
						t('chart.gantt.from'), t('chart.gantt.to'),
						t('chart.gantt.due_head'), t('chart.gantt.late_head')]}
					rows={bars.map((b) => [{ text: b.label ??
						t('chart.unknown'), href: href(b) }, b.site,
					t(`chart.gantt.${b.kind}`), day(b.from), day(b.to),
					b.due ? day(b.due) : null,
					b.late ? t('chart.gantt.late') : null])} />
			</>}>
			{({ id, label }) => <div class="chart-scroll" ref={scroll}
				tabindex="-1" onScroll={onScroll}>
				<Bars {...{ pack, t, width, id, label, saying, href, bars, rows }}
					seen={paper ? [0, endOf(rows, ON_PAPER)] : seen}
					paper={paper} />
			</div>}
		</Figure>
	</div>;
}

const endOf = (rows, n) => {
	const last = rows[Math.min(n, rows.length) - 1];
	return last ? last.y + last.h : 0;
};

function money(t, cost, which) {
	return new Intl.NumberFormat(t.lang, { style: 'currency',
		currency: cost.currency, maximumFractionDigits: 0 })
		.format(cost[which] ?? 0);
}

function Patterns({ id }) {
	return <defs>
		<pattern id={`${id}-remove`} width="6" height="6"
			patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
			<rect class="chart-remove-ground" width="6" height="6" />
			<line class="chart-remove-line" x1="3" y1="0" x2="3" y2="6" />
		</pattern>
		<pattern id={`${id}-double`} width="6" height="6"
			patternUnits="userSpaceOnUse">
			<rect class="chart-double-ground" width="6" height="6" />
			<circle class="chart-double-dot" cx="3" cy="3" r="1.3" />
		</pattern>
	</defs>;
}

function Block({ id, kind, x, y, w, h }) {
	return <rect class={`chart-bar is-${kind}`} x={x} y={y}
		width={Math.max(3, w)} height={h} rx="2"
		fill={kind === 'replace' ? undefined : `url(#${id}-${kind})`} />;
}

// Where the bars begin: beside the names of sites, or below them where the
// page is narrow.
const gutterOf = (width, rows) => width < 560 ? 0 : Math.min(200, 16 +
	Math.max(0, ...rows.slice(0, 400).map((r) => textWidth(r.label ?? ''))));

function Bars({ pack, t, width, id, label, saying, href, bars, rows, seen,
	paper }) {
	const gutter = useMemo(() => gutterOf(width, rows), [width, rows]);
	const narrow = gutter === 0, over = narrow ? 16 : 0;
	const right = 16;
	const from = dayOf(pack.start), to = dayOf(pack.end);
	const x = line(from, to, gutter, width - right);
	// C's rows, with room above each for its name where that is needed.
	const Y = (row, y) => HEAD + y + over * (row + 1);
	const end = HEAD + endOf(rows, paper ? ON_PAPER : rows.length) +
		over * (paper ? Math.min(ON_PAPER, rows.length) : rows.length) + 8;
	const inSight = (row, y, h) => Y(row, y + h) >= seen[0] - 40 &&
		Y(row, y) <= seen[1] + HEAD + over * ON_PAPER;
	const dates = pack.deadlines ?? [];
	const flags = dates.map((d) => ({ x: x(dayOf(d.date)),
		w: textWidth(d.label ?? d.date, 11) }));
	const fit = labelsThatFit(flags.map((f) => ({ ...f,
		x: Math.min(width - f.w / 2, Math.max(f.w / 2, f.x)) })), 6);
	const months = monthTicks(from, to, Math.max(3,
		Math.floor((width - gutter) / 70)));
	const words = new Intl.DateTimeFormat(t.lang, { month: 'short',
		timeZone: 'UTC' });
	return <svg class="chart-svg" viewBox={`0 0 ${width} ${end}`}
		width={width} height={end} role="group" {...label}>
		<desc>{t('chart.gantt.desc')}</desc>
		<Patterns id={id} />
		{(pack.periods ?? []).map((p, i) => <g key={i} aria-hidden="true">
			<rect class={`chart-wave${i % 2 ? ' is-odd' : ''}`}
				x={x(dayOf(p.from))} y="20" height={end - 20}
				width={Math.max(0, x(dayOf(p.to)) - x(dayOf(p.from)))} />
			{p.wave != null && x(dayOf(p.to)) - x(dayOf(p.from)) > 26 && <text
				class="chart-tick" x={(x(dayOf(p.from)) + x(dayOf(p.to))) / 2}
				y="50" text-anchor="middle">{
					x(dayOf(p.to)) - x(dayOf(p.from)) > 70
						? t('chart.gantt.wave', { n: p.wave })
						: t.n(p.wave)}</text>}
		</g>)}
		{months.map((m) => <g key={m.iso} aria-hidden="true">
			<line class="chart-rule" x1={x(m.day)} x2={x(m.day)} y1="22"
				y2={end} />
			{x(m.day) + 30 < width && <text class="chart-tick" y="33"
				x={x(m.day) + 4}>{words.format(m.day * 86400000)}{m.year &&
				` ${m.iso.slice(0, 4)}`}</text>}
		</g>)}
		{rows.map((r, i) => inSight(i, r.y, r.h) && <g key={i}
			aria-hidden="true">
			<line class="chart-rule" x1="0" x2={width} y1={Y(i, r.y) - over}
				y2={Y(i, r.y) - over} />
			<text class="chart-name" x="0" y={narrow ? Y(i, r.y) - 4
				: Y(i, r.y) + Math.min(r.h / 2 + 4, 16)}>
				{fitting(r.label ?? '', narrow ? width : gutter - 8)}
			</text>
		</g>)}
		{dates.map((d, i) => <g key={i} data-mark={`date:${i}`} role="img"
			aria-label={saying(`date:${i}`).filter(Boolean).join('. ')}>
			<line class="chart-date" x1={flags[i].x} x2={flags[i].x} y1="16"
				y2={end} />
			<line class="chart-aim" x1={flags[i].x} x2={flags[i].x} y1="0"
				y2={HEAD} />
			{fit.has(i) && <text class="chart-name is-small" y="11"
				x={Math.min(width - flags[i].w / 2, Math.max(flags[i].w / 2,
					flags[i].x))} text-anchor="middle">{d.label ?? d.date}
			</text>}
		</g>)}
		{bars.map((b, i) => inSight(b.row, b.y, b.h) && <Bar key={i} {...{ b, i,
			id, t, href, saying, width, x: x(dayOf(b.from)),
			w: x(dayOf(b.to)) - x(dayOf(b.from)), y: Y(b.row, b.y) }} />)}
	</svg>;
}

function Bar({ b, i, id, t, href, saying, width, x, w, y }) {
	const h = Math.max(6, b.h - 2), wide = Math.max(3, w);
	const word = b.late ? t('chart.gantt.late') : '';
	const fits = x + wide + textWidth(word, 11) + 22 < width;
	// A letter on a pattern is hard to read: the solid bar says whose it is.
	const text = b.kind === 'replace' || wide > 60
		? fitting(b.label ?? '', wide - 8, 11) : '';
	return <a href={href(b)} data-mark={`bar:${i}`} class="chart-link"
		aria-label={saying(`bar:${i}`).filter(Boolean).join('. ')}>
		<Block id={id} kind={b.kind} x={x} y={y} w={w} h={h} />
		{text && h >= 11 && <text class={`chart-in-bar is-${b.kind}`} x={x + 5}
			y={y + h / 2 + 4} aria-hidden="true">{text}</text>}
		{b.late && <g aria-hidden="true" transform={`translate(${fits
			? x + wide + 9 : x - 8} ${y + h / 2})`}>
			<path class="chart-late" d="M0-5L5 4H-5Z" />
			{fits && <text class="chart-name is-small" x="9" y="4">{word}
			</text>}
		</g>}
	</a>;
}
