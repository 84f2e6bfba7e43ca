// SPDX-License-Identifier: ISC
// Maker, family, site as areas. C squarified them in one box; a maker or a
// family that is opened is stretched to fill it.
import { useMemo, useRef, useState } from 'preact/hooks';
import { NOT_KNOWN } from '../core/filter.js';
import { Figure, Legend, Mark, Shape, Table } from './Figure.jsx';
import { useWidth } from './hooks.js';
import { fitting, textWidth } from './letters.js';
import { devicesAt } from './links.js';

const HEAD = 22; // the strip with a group's name

function kidsOf(nodes) {
	const kids = new Map();
	nodes.forEach((n, i) => {
		if (!kids.has(n.parent)) kids.set(n.parent, []);
		kids.get(n.parent).push(i);
	});
	return (i) => kids.get(i) ?? [];
}

// From the root of all to i: [-1, maker, family].
function trailOf(nodes, i) {
	const out = [];
	for (let at = i; at >= 0; at = nodes[at].parent) out.unshift(at);
	return [-1, ...out];
}

// The devices' filter of a node and all above it. A family is no facet: it is
// searched for.
function filterOf(nodes, i) {
	const out = {};
	for (const at of trailOf(nodes, i).slice(1)) {
		const n = nodes[at];
		if (n.more > 0) continue;
		if (n.kind !== 'family') out[n.kind] = [n.key ?? NOT_KNOWN];
		else if (n.key != null) out.q = n.key;
	}
	return out;
}

export function Treemap({ pack, t, route, boot, print }) {
	const to = devicesAt(route, boot);
	const { ref, width, paper } = useWidth(print);
	const [open, setOpen] = useState(-1);
	const trail = useRef(null);
	const { nodes } = pack;
	const kids = useMemo(() => kidsOf(nodes), [pack]);
	const root = paper || open >= nodes.length ? -1 : open;
	const high = Math.round(Math.max(300, Math.min(width * 0.58, 660)));
	const name = (i) =>
		i < 0
			? t('chart.treemap.all')
			: nodes[i].more > 0
				? t('chart.more', { n: nodes[i].more })
				: (nodes[i].label ?? nodes[i].key ?? t('chart.unknown'));
	const total = kids(root).reduce((s, i) => s + nodes[i].n, 0);
	const list = to(root < 0 ? {} : filterOf(nodes, root));
	const goto = (i) => {
		setOpen(i);
		// The opened mark is gone: the focus goes where one can go back.
		requestAnimationFrame(() =>
			trail.current?.querySelector('[aria-current]')?.focus(),
		);
	};
	const saying = (mark) => {
		const n = nodes[mark];
		return [
			name(+mark),
			t('chart.boxes', { n: n.n }),
			n.in_scope > 0 && t('chart.map.in_scope', { n: n.in_scope }),
			kids(+mark).length > 0
				? t('chart.treemap.open')
				: list && t('chart.treemap.list'),
		];
	};
	const cells = nodes.map((n, i) => i).filter((i) => kids(i).length === 0);

	return (
		<div ref={ref}>
			<Figure
				name="treemap"
				title={t('chart.treemap.title')}
				width={width}
				says={t('chart.treemap.says')}
				hint={t('chart.treemap.hint')}
				marks={saying}
				tools={
					<nav
						class="chart-trail"
						ref={trail}
						aria-label={t('chart.treemap.trail')}>
						{trailOf(nodes, root).map((i) => (
							<button
								type="button"
								key={i}
								aria-current={i === root ? 'true' : undefined}
								onClick={() => goto(i)}>
								{name(i)}
							</button>
						))}
						{list && (
							<a href={list}>
								{t('chart.treemap.devices', { n: total })}
							</a>
						)}
					</nav>
				}
				legend={
					<Legend
						label={t('chart.legend')}
						entries={[
							{
								draw: (
									<rect
										class="chart-cell"
										x="-12"
										y="-7"
										width="24"
										height="14"
									/>
								),
								word: t('chart.treemap.area'),
							},
							{
								draw: (
									<g>
										<rect
											class="chart-cell has-scope"
											x="-12"
											y="-7"
											width="24"
											height="14"
										/>
										<rect
											class="chart-scope"
											x="-12"
											y="3"
											width="14"
											height="4"
										/>
									</g>
								),
								word: t('chart.treemap.scope'),
							},
							{
								draw: <Shape status="in_scope" r={5} />,
								word: t('chart.treemap.number'),
							},
						]}
					/>
				}
				after={
					<Table
						t={t}
						paper={paper}
						caption={t('chart.treemap.title')}
						head={[
							t('chart.maker'),
							t('chart.family'),
							t('chart.site'),
							t('chart.boxes.head'),
							t('chart.fate.in_scope'),
						]}
						rows={cells.map((i) => {
							const up = trailOf(nodes, i).slice(1);
							const at = (kind) =>
								up.find((j) => nodes[j].kind === kind);
							const cell = (kind) =>
								at(kind) === undefined ? null : name(at(kind));
							return [
								{
									text: cell('maker') ?? name(i),
									href: to(filterOf(nodes, i)),
								},
								cell('family'),
								cell('site'),
								nodes[i].n,
								nodes[i].in_scope ?? 0,
							];
						})}
					/>
				}>
				{({ label }) => (
					<Areas
						{...{
							nodes,
							kids,
							root,
							width,
							high,
							label,
							t,
							to,
							goto,
							saying,
							name,
						}}
					/>
				)}
			</Figure>
		</div>
	);
}

function Areas({
	nodes,
	kids,
	root,
	width,
	high,
	label,
	t,
	to,
	goto,
	saying,
	name,
}) {
	const groups = kids(root);
	const from = around(nodes, groups);
	const cells = groups.map((g) => laid(nodes, kids, g, from, width, high));
	return (
		<svg
			class="chart-svg"
			viewBox={`0 0 ${width} ${high}`}
			width={width}
			height={high}
			role="group"
			{...label}>
			<desc>{t('chart.treemap.desc')}</desc>
			{cells.map((c) => (
				<Cell key={c.i} {...{ c, nodes, to, goto, saying }} />
			))}
			<g aria-hidden="true">
				{cells.map((c) => (
					<Words key={c.i} {...{ c, nodes, t, name }} />
				))}
			</g>
		</svg>
	);
}

// Where a group lies, and its parts in it where there is room for them.
function laid(nodes, kids, i, from, width, high) {
	const r = placed(nodes[i], from, width, high),
		parts = kids(i);
	if (!parts.length || r.h <= HEAD * 2 || r.w <= 40)
		return { i, r, leaf: !parts.length, inner: [] };
	const box = around(nodes, parts);
	return {
		i,
		r,
		leaf: false,
		inner: parts.map((k) => {
			const p = placed(nodes[k], box, r.w, r.h - HEAD);
			return { i: k, r: { ...p, x: p.x + r.x, y: p.y + r.y + HEAD } };
		}),
	};
}

// The box that a group's parts fill: C leaves a frame around them, which the
// strip with the name takes the place of.
function around(nodes, list) {
	const of = list.map((i) => nodes[i]);
	const x = Math.min(...of.map((n) => n.x));
	const y = Math.min(...of.map((n) => n.y));
	return {
		x,
		y,
		w: Math.max(...of.map((n) => n.x + n.w)) - x || 1,
		h: Math.max(...of.map((n) => n.y + n.h)) - y || 1,
	};
}

function placed(n, from, w, h) {
	return {
		x: ((n.x - from.x) / from.w) * w,
		y: ((n.y - from.y) / from.h) * h,
		w: (n.w / from.w) * w,
		h: (n.h / from.h) * h,
	};
}

function Box({ n, r, group }) {
	return (
		<>
			<rect
				class={`chart-cell${group ? ' is-group' : ''}${
					n.in_scope > 0 ? ' has-scope' : ''
				}`}
				x={r.x}
				y={r.y}
				width={Math.max(0, r.w)}
				height={Math.max(0, r.h)}
			/>
			{!group && n.in_scope > 0 && r.h >= 8 && (
				<rect
					class="chart-scope"
					x={r.x + 1}
					y={r.y + r.h - 5}
					height="4"
					width={Math.max(
						2,
						(r.w - 2) * Math.min(1, n.in_scope / n.n),
					)}
				/>
			)}
		</>
	);
}

function Cell({ c, nodes, to, goto, saying }) {
	const { i, r, inner, leaf } = c;
	const inside = (
		<>
			<Box n={nodes[i]} r={r} group={inner.length > 0} />
			{inner.map((k) => (
				<Box key={k.i} n={nodes[k.i]} r={k.r} />
			))}
			<rect
				class="chart-edge-box"
				x={r.x}
				y={r.y}
				width={Math.max(0, r.w)}
				height={Math.max(0, r.h)}
			/>
		</>
	);
	const common = {
		'data-mark': i,
		'aria-label': saying(i).filter(Boolean).join('. '),
	};
	if (leaf)
		return (
			<Mark href={to(filterOf(nodes, i))} {...common}>
				{inside}
			</Mark>
		);
	return (
		<g role="button" class="chart-link" onClick={() => goto(i)} {...common}>
			{inside}
		</g>
	);
}

function Words({ c, nodes, t, name }) {
	const { i, r, inner } = c,
		n = nodes[i],
		strip = inner.length > 0;
	if (!strip) return <Label r={r} text={name(i)} count={t.n(n.n)} strong />;
	const many = textWidth(t.n(n.n)) + 6;
	const scope = n.in_scope > 0 && r.w > 120;
	const text = fitting(name(i), r.w - 12 - many - (scope ? 60 : 0), 12, 600);
	return (
		<>
			{text && (
				<text class="chart-name is-strong" x={r.x + 6} y={r.y + 15}>
					{text}
					<tspan class="chart-count" dx="6">
						{t.n(n.n)}
					</tspan>
				</text>
			)}
			{scope && (
				<g transform={`translate(${r.x + r.w - 12} ${r.y + 11})`}>
					<Shape status="in_scope" r={4.5} />
					<text class="chart-count" x="-9" y="4" text-anchor="end">
						{t.n(n.in_scope)}
					</text>
				</g>
			)}
			{inner.map((k) => (
				<Label
					key={k.i}
					r={k.r}
					text={name(k.i)}
					count={t.n(nodes[k.i].n)}
				/>
			))}
		</>
	);
}

function Label({ r, text, count, strong }) {
	const part =
		r.h > 19 ? fitting(text, r.w - 10, 12, strong ? 600 : 400) : '';
	return (
		part && (
			<>
				<text
					class={`chart-name${strong ? ' is-strong' : ''}`}
					x={r.x + 5}
					y={r.y + 15}>
					{part}
				</text>
				{r.h > 38 && (
					<text class="chart-count" x={r.x + 5} y={r.y + 30}>
						{count}
					</text>
				)}
			</>
		)
	);
}
