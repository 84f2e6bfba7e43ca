// SPDX-License-Identifier: ISC
// What every chart has around it: what it is called and says, what is said of
// the mark under the pointer, what its shapes mean, and the same as a table.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useMarks, useOwnId, useTip } from './hooks.js';
import { fateAs, shapeOf } from './shapes.js';

// Rows of a table that are shown at once; the rest waits for a button.
const FIRST = 200;
const ON_PAPER = 60;

export function Shape({ status, r = 6, x = 0, y = 0, children }) {
	return (
		<path
			class={`chart-mark is-${status}`}
			d={shapeOf(status, r)}
			fill-rule="evenodd"
			transform={x || y ? `translate(${x} ${y})` : undefined}>
			{children}
		</path>
	);
}

// A mark of a chart, with its data-mark and what it is called; it leads
// somewhere if it can.
export function Mark({ href, ...rest }) {
	return href ? (
		<a class="chart-link" href={href} {...rest} />
	) : (
		<g role="img" {...rest} />
	);
}

// Lines that say "hatched", for what nobody looked at; `id` is the chart's own.
export function Hatch({ id, step = 5 }) {
	return (
		<pattern
			id={id}
			width={step}
			height={step}
			patternUnits="userSpaceOnUse"
			patternTransform="rotate(45)">
			<rect class="chart-hatch-ground" width={step} height={step} />
			<line
				class="chart-hatch-line"
				x1={step / 2}
				y1="0"
				x2={step / 2}
				y2={step}
			/>
		</pattern>
	);
}

// Entries are {draw, word}: draw is SVG within a box of 28 by 16 around (0, 0).
export function Legend({ label, entries }) {
	return (
		<ul class="chart-legend" aria-label={label}>
			{entries.filter(Boolean).map(({ draw, word }) => (
				<li key={word}>
					<svg
						width="28"
						height="16"
						viewBox="-14 -8 28 16"
						aria-hidden="true">
						{draw}
					</svg>
					<span>{word}</span>
				</li>
			))}
		</ul>
	);
}

export const statusEntries = (t, statuses) =>
	statuses.map((s) => ({
		draw: <Shape status={s} />,
		word: t.word('status', s),
	}));
export const fateEntries = (t, fates) =>
	fates.map((f) => ({
		draw: <Shape status={fateAs[f]} />,
		word: t(`chart.fate.${f}`),
	}));

// Text beside a mark. It stays within the chart and goes above or below.
export function Tip({ tip, lines, width }) {
	const ref = useRef(null);
	useLayoutEffect(() => {
		const el = ref.current;
		if (!el) return;
		const w = el.offsetWidth,
			h = el.offsetHeight;
		const x = Math.max(0, Math.min(width - w, tip.x - w / 2));
		const above = tip.top - h - 6;
		el.style.transform = `translate(${Math.round(x)}px, ${Math.round(
			above > -60 ? above : tip.bottom + 6,
		)}px)`;
	});
	if (!tip || !lines?.length) return null;
	return (
		<div class="chart-tip" ref={ref} aria-hidden="true">
			{lines
				.filter(Boolean)
				.map((line, i) =>
					i === 0 ? (
						<strong key={i}>{line}</strong>
					) : (
						<span key={i}>{line}</span>
					),
				)}
		</div>
	);
}

// The same as a table: head is column names, rows are lists of cells, a cell a
// text, a number or {text, href}. On paper it is open, and its beginning.
export function Table({ t, paper, open = paper, caption, head, rows }) {
	const [all, setAll] = useState(false);
	const shown =
		all && !paper ? rows : rows.slice(0, paper ? ON_PAPER : FIRST);
	const counts = head.map(
		(_, j) =>
			rows.length > 0 &&
			rows.every((row) => row[j] === null || typeof row[j] === 'number'),
	);
	return (
		<details class="chart-table" open={open}>
			<summary>
				{t('chart.table', { what: caption, n: rows.length })}
			</summary>
			<div
				class="chart-table-scroll"
				tabindex="0"
				role="region"
				aria-label={caption}>
				<table>
					<caption>{caption}</caption>
					<thead>
						<tr>
							{head.map((h, j) => (
								<th
									scope="col"
									key={h}
									class={counts[j] ? 'chart-n' : undefined}>
									{h}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{shown.map((row, i) => (
							<tr key={i}>
								{row.map((cell, j) => (
									<Cell
										key={j}
										{...{
											t,
											cell,
											first: j === 0,
											count: counts[j],
										}}
									/>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{shown.length < rows.length && (
				<p class="chart-more">
					<span>
						{t('chart.table.part', {
							shown: shown.length,
							n: rows.length,
						})}
					</span>
					<button type="button" onClick={() => setAll(true)}>
						{t('chart.table.all')}
					</button>
				</p>
			)}
		</details>
	);
}

// A short text stays on one line: identifiers break at their hyphens.
const SHORT = 20;

function Cell({ cell, first, count, t }) {
	const link = cell !== null && typeof cell === 'object';
	const value = link ? cell.text : cell;
	const text = typeof value === 'number' ? t.n(value) : (value ?? '–');
	const inside = link && cell.href ? <a href={cell.href}>{text}</a> : text;
	const like =
		[count && 'chart-n', text.length <= SHORT && 'is-short']
			.filter(Boolean)
			.join(' ') || undefined;
	return first ? (
		<th scope="row" class={like}>
			{inside}
		</th>
	) : (
		<td class={like}>{inside}</td>
	);
}

// The tip follows the pointer by itself: the chart is not drawn anew for it.
function Said({ root, marks, width, heard }) {
	const tip = useTip(root);
	const mark = tip?.mark ?? null;
	useEffect(() => heard?.(mark), [mark]);
	return <Tip tip={tip} lines={tip && marks?.(tip.mark)} width={width} />;
}

// The frame. `marks` says what stands in the tip of a data-mark; children get
// the chart's id for patterns and, where it lights up what is hovered
// (`lights`), the mark that is. `hint` is for who can choose: paper has none.
export function Figure({
	name,
	title,
	says,
	hint,
	width,
	body,
	marks,
	lights,
	tools,
	legend,
	after,
	children,
}) {
	const own = useRef(null);
	const ref = body ?? own;
	const [hovered, setHovered] = useState(null);
	useMarks(ref);
	const id = useOwnId();
	return (
		<figure class={`chart chart-${name}`} aria-labelledby={`${id}t`}>
			<figcaption>
				<h2 id={`${id}t`}>{title}</h2>
				{says && (
					<p id={`${id}d`}>
						{says}
						{hint && <span class="chart-hint"> {hint}</span>}
					</p>
				)}
			</figcaption>
			{tools}
			<div class="chart-body" ref={ref}>
				{width > 0 &&
					children({
						id,
						hovered,
						label: {
							'aria-labelledby': `${id}t`,
							'aria-describedby': says ? `${id}d` : undefined,
						},
					})}
				<Said
					root={ref}
					marks={marks}
					width={width}
					heard={lights && setHovered}
				/>
			</div>
			{legend}
			{after}
		</figure>
	);
}
