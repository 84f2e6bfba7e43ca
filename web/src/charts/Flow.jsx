// SPDX-License-Identifier: ISC
// From place to maker to function to finding: as wide as the boxes are many. C
// placed the nodes and drew the bands in a box of 1000 by 520; here they are
// stretched to the page, letters are not.
import { useMemo, useRef } from 'preact/hooks';
import { NOT_KNOWN } from '../core/filter.js';
import { Figure, Legend, Mark, Shape, Table } from './Figure.jsx';
import { useWidth } from './hooks.js';
import { fitting, textWidth } from './letters.js';
import { devicesAt } from './links.js';
import { pathsOf, sharesOf } from './paths.js';
import { labelsThatFit } from './scale.js';
import { drawnAs, FATES, fateAs } from './shapes.js';
import { through } from './tree.js';

// The devices' filter of a column; a key that gathers several has none.
const FILTER = {
	place: 'country',
	maker: 'maker',
	function: 'function',
	finding: 'status',
};

function filterOf(pack, node) {
	const facet = FILTER[pack.columns[node.column]];
	return !facet || node.more > 0 ? {} : { [facet]: [node.key ?? NOT_KNOWN] };
}

function wordOf(t, pack, node) {
	if (node.more > 0) return t('chart.more', { n: node.more });
	if (pack.columns[node.column] === 'finding')
		return t.word('status', node.key);
	return node.label ?? node.key ?? t('chart.unknown');
}

// Where the names of a column fit: the last one's stand left of it, and share
// the way with those of the column before.
function spaceOf(pack, sx) {
	const xs = [...new Set(pack.nodes.map((n) => n.x))].sort((a, b) => a - b);
	return (node) => {
		const i = xs.indexOf(node.x),
			last = i > 0 && i === xs.length - 1;
		const gap = last ? node.x - xs[i - 1] : (xs[i + 1] ?? node.x) - node.x;
		const part = i >= xs.length - 2 ? 0.5 : 1;
		return { last, px: (gap - node.w) * sx * part - 12 };
	};
}

export function Flow({ pack, devices, t, route, boot, print }) {
	const to = devicesAt(route, boot);
	const { ref, width, paper } = useWidth(print);
	const [, , bw, bh] = pack.box.length === 4 ? pack.box : [0, 0, ...pack.box];
	const head = 26;
	const most = Math.max(
		...pack.columns.map(
			(_, c) => pack.nodes.filter((n) => n.column === c).length,
		),
	);
	const high = Math.round(
		Math.max(340, Math.min(980, most * 30), Math.min(640, width * 0.56)),
	);
	const sx = width / bw,
		sy = (high - head) / bh;
	const { nodes, links } = pack;
	const total = useMemo(
		() => nodes.filter((n) => n.column === 0).reduce((s, n) => s + n.n, 0),
		[pack],
	);
	const fates = FATES.filter((f) => links.some((l) => l.status === f));
	const name = (i) => wordOf(t, pack, nodes[i]);
	const share = (n) => (total ? t.share(n / total) : '');
	const saying = (mark) => {
		const [kind, i] = mark.split(':');
		if (kind === 'node') {
			const n = nodes[i];
			return [
				name(i),
				`${t(`chart.flow.${pack.columns[n.column]}`)}: ${t(
					'chart.boxes',
					{ n: n.n },
				)} · ${share(n.n)}`,
			];
		}
		const l = links[i];
		return [
			`${name(l.from)} → ${name(l.to)}`,
			`${t('chart.boxes', { n: l.n })} · ${share(l.n)}`,
			t(`chart.fate.${l.status}`),
		];
	};

	return (
		<div ref={ref}>
			<Figure
				name="flow"
				lights
				title={t('chart.flow.title')}
				width={width}
				says={t('chart.flow.says', { n: total })}
				marks={saying}
				legend={
					<Legend
						label={t('chart.legend')}
						entries={fates.map((f) => ({
							draw: (
								<g>
									<rect
										class={`chart-band is-${f}`}
										x="-14"
										y="-5"
										width="28"
										height="10"
									/>
									<Shape status={fateAs[f]} r={4.5} />
								</g>
							),
							word: t(`chart.fate.${f}`),
						}))}
					/>
				}
				after={
					<Table
						t={t}
						paper={paper}
						caption={t('chart.flow.title')}
						head={[
							t('chart.from'),
							t('chart.into'),
							t('chart.flow.finding'),
							t('chart.boxes.head'),
							t('chart.share'),
						]}
						rows={links.map((l) => [
							{
								text: name(l.from),
								href: to(filterOf(pack, nodes[l.from])),
							},
							{
								text: name(l.to),
								href: to({
									...filterOf(pack, nodes[l.from]),
									...filterOf(pack, nodes[l.to]),
								}),
							},
							t(`chart.fate.${l.status}`),
							l.n,
							share(l.n),
						])}
					/>
				}>
				{({ label, hovered }) => (
					<Bands
						{...{
							pack,
							devices,
							t,
							to,
							width,
							high,
							head,
							sx,
							sy,
							label,
							saying,
							name,
						}}
						on={hovered}
					/>
				)}
			</Figure>
		</div>
	);
}

// What goes through the mark: shares {nodes, links} of index to count, where
// the devices say it; else all that lies on a way through it. null: no mark.
function lit(pack, paths, mark) {
	if (!mark) return null;
	const [kind, i] = mark.split(':');
	if (paths) return sharesOf(paths, kind, +i);
	return kind === 'node'
		? through(pack.links, [+i])
		: through(pack.links, [], [+i]);
}

function Bands({
	pack,
	devices,
	t,
	to,
	width,
	high,
	head,
	sx,
	sy,
	label,
	on,
	saying,
	name,
}) {
	const { nodes, links } = pack;
	// Not before somebody asks: it goes through all devices.
	const known = useRef(null);
	if (on && known.current?.of !== devices)
		known.current = { of: devices, paths: pathsOf(pack, devices) };
	const paths = known.current?.paths ?? null;
	const way = useMemo(() => lit(pack, paths, on), [pack, paths, on]);
	const dim = (set, i) =>
		way && !way[set].has(i) ? ' is-dim' : way ? ' is-lit' : '';
	const space = useMemo(() => spaceOf(pack, sx), [pack, sx]);
	const named = useMemo(() => namedNodes(nodes, sy), [pack, sy]);
	const columns = pack.columns
		.map((c, i) => ({ c, node: nodes.find((n) => n.column === i) }))
		.filter((o) => o.node);
	return (
		<svg
			class="chart-svg"
			viewBox={`0 0 ${width} ${high}`}
			width={width}
			height={high}
			role="group"
			{...label}>
			<desc>{t('chart.flow.desc')}</desc>
			{columns.map(({ c, node }, i) => {
				const last = i === columns.length - 1 && i > 0;
				return (
					<text
						key={c}
						class="chart-head"
						y="14"
						x={last ? (node.x + node.w) * sx : node.x * sx}
						text-anchor={last ? 'end' : 'start'}>
						{t(`chart.flow.${c}`)}
					</text>
				);
			})}
			<g transform={`translate(0 ${head}) scale(${sx} ${sy})`}>
				{links.map((l, i) => (
					<Mark
						key={i}
						data-mark={`link:${i}`}
						href={to({
							...filterOf(pack, nodes[l.from]),
							...filterOf(pack, nodes[l.to]),
						})}
						aria-label={saying(`link:${i}`).join('. ')}>
						<path
							class={`chart-band is-${l.status}${
								way ? ' is-dim' : ''
							}`}
							d={l.d}
							stroke-width={l.w}
						/>
						{way?.links.has(i) && (
							<path
								d={l.d}
								class={`chart-band is-${l.status} is-lit`}
								stroke-width={
									paths
										? Math.max(
												0.5,
												(l.w * way.links.get(i)) / l.n,
											)
										: l.w
								}
							/>
						)}
					</Mark>
				))}
			</g>
			<g transform={`translate(0 ${head})`}>
				{nodes.map((n, i) => (
					<Mark
						key={i}
						data-mark={`node:${i}`}
						href={to(filterOf(pack, n))}
						aria-label={saying(`node:${i}`).join('. ')}>
						<rect
							class={`chart-node${dim('nodes', i)}`}
							x={n.x * sx}
							y={n.y * sy}
							width={Math.max(6, n.w * sx)}
							height={Math.max(2, n.h * sy)}
							rx="2"
						/>
					</Mark>
				))}
				<g aria-hidden="true">
					{nodes.map(
						(n, i) =>
							named.has(i) && (
								<Name
									key={i}
									{...{
										n,
										t,
										sx,
										sy,
										pack,
										name: name(i),
										space,
										dim: dim('nodes', i),
									}}
								/>
							),
					)}
				</g>
			</g>
		</svg>
	);
}

// Nodes of a column whose names would touch: the one of more devices has it.
function namedNodes(nodes, sy) {
	const out = new Set();
	for (const c of new Set(nodes.map((n) => n.column))) {
		const own = nodes
			.map((n, i) => ({
				i,
				column: n.column,
				w: 12,
				weight: n.n,
				x: (n.y + n.h / 2) * sy,
			}))
			.filter((o) => o.column === c);
		for (const k of labelsThatFit(own, 0)) out.add(own[k].i);
	}
	return out;
}

// A finding has its shape too: where its word does not fit, the legend has it.
function Name({ n, t, sx, sy, pack, name, space, dim }) {
	const finding = pack.columns[n.column] === 'finding';
	const { last, px } = space(n);
	const part = fitting(name, px - (finding ? 14 : 0));
	const text = finding && part !== name ? '' : part;
	const count = t.n(n.n),
		y = (n.y + n.h / 2) * sy;
	const room = px - textWidth(text) > textWidth(count) + (finding ? 22 : 8);
	const x = last ? n.x * sx - 7 : (n.x + n.w) * sx + 7;
	const word = finding ? x + (last ? -13 : 13) : x;
	return (
		<>
			{finding && (
				<Shape
					status={drawnAs(n.key)}
					r={4.5}
					x={x + (last ? -4 : 4)}
					y={y}
				/>
			)}
			{text && (
				<text
					class={`chart-name${dim}`}
					y={y + 4}
					x={word}
					text-anchor={last ? 'end' : 'start'}>
					{text}
					{room && (
						<tspan class="chart-count" dx="6">
							{count}
						</tspan>
					)}
				</text>
			)}
		</>
	);
}
