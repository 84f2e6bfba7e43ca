// SPDX-License-Identifier: ISC
// How many boxes in scope are left, day by day: as planned, as it went, and
// what the dates of the law leave. Or the same weighed by their risk.
import { useState } from 'preact/hooks';
import { Figure, Hatch, Legend, Table } from './Figure.jsx';
import { useOwnId, useWidth } from './hooks.js';
import { textWidth } from './letters.js';
import { dayOf, labelsThatFit, line, monthTicks, ticks } from './scale.js';

const SERIES = ['planned', 'actual', 'deadline'];
// A mark a series; the lines' dashes are in the style.
const DOT = {
	planned: 'M-3.5-3.5h7v7h-7Z',
	actual: 'M-3.8 0a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0-7.6 0Z',
	deadline: 'M0-4.6L4.4 3.6H-4.4Z',
};
const PAD = { left: 52, right: 18, below: 34 };
const ROW = 17;

// Soonest, expected and latest; none where no day can be said.
const finish = (f) =>
	[f?.finish_low, f?.finish, f?.finish_high]
		.map(dayOf)
		.filter((d) => !Number.isNaN(d));

// The days that are drawn: those of the lines and the forecast, and dates of the
// rules that do not press the lines together.
function spansOf(pack, series) {
	const days = series.flatMap((s) => s.points.map(([d]) => dayOf(d)));
	days.push(...finish(pack.forecast));
	let from = Math.min(...days),
		to = Math.max(...days);
	const far = Math.max(60, (to - from) / 2);
	for (const d of (pack.deadlines ?? []).map((o) => dayOf(o.date)))
		if (d > from - far / 4 && d < to + far) {
			from = Math.min(from, d);
			to = Math.max(to, d);
		}
	const air = Math.max(1, (to - from) * 0.02);
	return {
		from: from - air,
		to: to + air,
		most: Math.max(1, ...series.flatMap((s) => s.points.map(([, n]) => n))),
	};
}

// Flags of the dates, in as many rows as they need (three at most); one beyond
// the days that are drawn stands at the edge.
function flagsOf(pack, x, width) {
	let left = (pack.deadlines ?? []).map((d, i) => {
		const at = x(dayOf(d.date));
		const beyond = at < PAD.left ? -1 : at > width - PAD.right ? 1 : 0;
		const text = `${beyond < 0 ? '← ' : ''}${d.date} ${d.label ?? ''}${
			beyond > 0 ? ' →' : ''
		}`;
		const w = textWidth(text, 11) + 8;
		return {
			i,
			text,
			w,
			at,
			beyond,
			row: -1,
			weight: beyond ? 0 : 1,
			x: Math.min(width - w / 2, Math.max(w / 2, at)),
		};
	});
	const out = left;
	for (let row = 0; row < 3 && left.length; row++) {
		const fit = labelsThatFit(left, 4);
		left.forEach((f, k) => {
			if (fit.has(k)) f.row = row;
		});
		left = left.filter((f) => f.row < 0);
	}
	return out;
}

export function Burndown({ pack, t, print }) {
	const { ref, width, paper } = useWidth(print);
	const [kind, setKind] = useState('series');
	const risk = pack.risk?.some((s) => s.points.length) ?? false;
	const series = (
		kind === 'risk' && risk ? pack.risk : (pack.series ?? [])
	).filter((s) => s.points.length);
	const unit =
		kind === 'risk' && risk
			? t('chart.burndown.risk')
			: t('chart.burndown.boxes');
	const has = series.length > 0;
	const hatch = useOwnId();
	const saying = (mark) => {
		const [of, i, k] = mark.split(':');
		if (of === 'date') {
			const d = pack.deadlines[i];
			return [
				t.day(d.date),
				d.label,
				d.n > 0 && t('chart.boxes', { n: d.n }),
			];
		}
		const s = series[i];
		return [
			t.day(s.points[k][0]),
			`${t(`chart.burndown.${s.name}`)}: ${t.n(s.points[k][1])}`,
		];
	};
	const days = [
		...new Set(series.flatMap((s) => s.points.map(([d]) => d))),
	].sort();
	const value = (s, day) => s?.points.find(([d]) => d === day)?.[1] ?? null;
	const named = (n) => series.find((s) => s.name === n);

	return (
		<div ref={ref}>
			<Figure
				name="burndown"
				title={t('chart.burndown.title')}
				says={t('chart.burndown.says')}
				width={has ? width : 0}
				marks={saying}
				tools={
					risk && (
						<fieldset class="chart-switch">
							<legend>{t('chart.burndown.count')}</legend>
							{['series', 'risk'].map((k) => (
								<label key={k}>
									<input
										type="radio"
										name="chart-burndown"
										value={k}
										checked={kind === k}
										onChange={() => setKind(k)}
									/>
									<span>
										{t(
											k === 'risk'
												? 'chart.burndown.risk'
												: 'chart.burndown.boxes',
										)}
									</span>
								</label>
							))}
						</fieldset>
					)
				}
				legend={
					has && (
						<Legend
							label={t('chart.legend')}
							entries={[
								...SERIES.filter(named).map((n) => ({
									draw: (
										<g>
											<line
												class={`chart-line is-${n}`}
												x1="-14"
												x2="14"
											/>
											<path
												class={`chart-dot is-${n}`}
												d={DOT[n]}
											/>
										</g>
									),
									word: t(`chart.burndown.${n}`),
								})),
								finish(pack.forecast).length === 3 && {
									draw: (
										<g>
											<defs>
												<Hatch id={hatch} step={4} />
											</defs>
											<rect
												class="chart-band-area"
												x="-12"
												y="-6"
												width="24"
												height="12"
												fill={`url(#${hatch})`}
											/>
										</g>
									),
									word: t('chart.burndown.forecast'),
								},
								pack.deadlines?.length > 0 && {
									draw: (
										<line
											class="chart-date"
											y1="-8"
											y2="8"
										/>
									),
									word: t('chart.burndown.date'),
								},
							]}
						/>
					)
				}
				after={
					<>
						{pack.forecast?.text && (
							<p class="chart-note">
								{t('chart.burndown.forecast_says', {
									text: pack.forecast.text,
								})}
							</p>
						)}
						{pack.note && <p class="chart-note">{pack.note}</p>}
						{has && (
							<Table
								t={t}
								paper={paper}
								caption={`${t('chart.burndown.title')}: ${unit}`}
								head={[
									t('chart.day'),
									...SERIES.filter(named).map((n) =>
										t(`chart.burndown.${n}`),
									),
								]}
								rows={days.map((d) => [
									t.day(d),
									...SERIES.filter(named).map((n) =>
										value(named(n), d),
									),
								])}
							/>
						)}
						{pack.deadlines?.length > 0 && (
							<Table
								t={t}
								paper={paper}
								caption={t('chart.burndown.date')}
								head={[
									t('chart.day'),
									t('chart.law'),
									t('chart.boxes.head'),
								]}
								rows={pack.deadlines.map((d) => [
									t.day(d.date),
									d.label,
									d.n ?? null,
								])}
							/>
						)}
					</>
				}>
				{({ id, label }) => (
					<Lines
						{...{ pack, series, t, width, unit, id, label, saying }}
					/>
				)}
			</Figure>
		</div>
	);
}

function Lines({ pack, series, t, width, unit, id, label, saying }) {
	const { from, to, most } = spansOf(pack, series);
	const high = Math.round(Math.max(260, Math.min(width * 0.45, 460)));
	const x = line(from, to, PAD.left, width - PAD.right);
	const flags = flagsOf(pack, x, width);
	const rows = Math.max(0, ...flags.map((f) => f.row + 1));
	const top = 18 + rows * ROW;
	const steps = ticks(most);
	const y = line(0, steps[steps.length - 1], high - PAD.below, top + 8);
	const base = high - PAD.below;
	const months = monthTicks(from, to, Math.max(3, Math.floor(width / 90)));
	const words = new Intl.DateTimeFormat(t.lang, {
		month: 'short',
		timeZone: 'UTC',
	});
	return (
		<svg
			class="chart-svg"
			viewBox={`0 0 ${width} ${high}`}
			width={width}
			height={high}
			role="group"
			{...label}>
			<desc>{t('chart.burndown.desc')}</desc>
			<defs>
				<Hatch id={`${id}hatch`} step={6} />
			</defs>
			{steps.map((n) => (
				<g key={n} aria-hidden="true">
					<line
						class="chart-rule"
						x1={PAD.left}
						x2={width - PAD.right}
						y1={y(n)}
						y2={y(n)}
					/>
					<text
						class="chart-tick"
						x={PAD.left - 8}
						y={y(n) + 4}
						text-anchor="end">
						{t.n(n)}
					</text>
				</g>
			))}
			<text class="chart-tick" x="0" y={top - 5} aria-hidden="true">
				{unit}
			</text>
			{months.map((m) => (
				<g key={m.iso} aria-hidden="true">
					<line
						class="chart-rule"
						x1={x(m.day)}
						x2={x(m.day)}
						y1={base}
						y2={base + 5}
					/>
					<text
						class="chart-tick"
						x={x(m.day)}
						y={base + 17}
						text-anchor="middle">
						{words.format(m.day * 86400000)}
					</text>
					{m.year && (
						<text
							class="chart-tick is-year"
							x={x(m.day)}
							y={base + 31}
							text-anchor="middle">
							{m.iso.slice(0, 4)}
						</text>
					)}
				</g>
			))}
			{flags.map((f) => (
				<g
					key={f.i}
					data-mark={`date:${f.i}`}
					role="img"
					aria-label={saying(`date:${f.i}`)
						.filter(Boolean)
						.join('. ')}>
					{!f.beyond && (
						<line
							class="chart-date"
							x1={f.at}
							x2={f.at}
							y1={f.row < 0 ? top : f.row * ROW + 18}
							y2={base}
						/>
					)}
					{!f.beyond && (
						<line
							class="chart-aim"
							x1={f.at}
							x2={f.at}
							y1={top}
							y2={base}
						/>
					)}
					{f.row >= 0 && (
						<text
							class="chart-name is-small"
							x={f.x}
							y={f.row * ROW + 13}
							text-anchor="middle">
							{f.text}
						</text>
					)}
				</g>
			))}
			<Forecast {...{ pack, series, x, y, hatch: `${id}hatch`, t }} />
			{series.map((s, i) => (
				<Line key={s.name} {...{ s, i, x, y, saying }} />
			))}
		</svg>
	);
}

// What stands stays until the day it changes: lines are steps.
function stepsOf(points, x, y) {
	let d = '',
		last = null;
	for (const [day, n] of points) {
		const px = x(dayOf(day)).toFixed(1),
			py = y(n).toFixed(1);
		d += last === null ? `M${px} ${py}` : `H${px}V${py}`;
		last = py;
	}
	return d;
}

function Line({ s, i, x, y, saying }) {
	return (
		<g>
			<path
				class={`chart-line is-${s.name}`}
				d={stepsOf(s.points, x, y)}
			/>
			{s.points.map(([day, n], k) => (
				<g
					key={k}
					data-mark={`line:${i}:${k}`}
					role="img"
					aria-label={saying(`line:${i}:${k}`).join('. ')}
					transform={`translate(${x(dayOf(day)).toFixed(1)} ${y(
						n,
					).toFixed(1)})`}>
					<circle class="chart-aim" r="10" />
					<path class={`chart-dot is-${s.name}`} d={DOT[s.name]} />
				</g>
			))}
		</g>
	);
}

// From where it stands now to nothing: soonest, expected, latest.
function Forecast({ pack, series, x, y, hatch, t }) {
	const actual = series.find((s) => s.name === 'actual') ?? series[0];
	const f = pack.forecast;
	if (!f || !actual) return null;
	const [day, n] = actual.points[actual.points.length - 1];
	const [low, mid, high] = finish(f).map(x);
	if (high === undefined) return null;
	const at = `M${x(dayOf(day))} ${y(n)}L`;
	return (
		<g
			role="img"
			aria-label={`${t('chart.burndown.forecast')}: ${
				f.text ?? f.finish
			}`}>
			<path
				class="chart-band-area"
				fill={`url(#${hatch})`}
				d={`${at}${low} ${y(0)}L${high} ${y(0)}Z`}
			/>
			<path class="chart-line is-forecast" d={`${at}${mid} ${y(0)}`} />
		</g>
	);
}
