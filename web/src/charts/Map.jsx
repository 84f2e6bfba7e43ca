// SPDX-License-Identifier: ISC
// Where the boxes stand. C projected sites and zones; the outlines of land were
// projected with the same formula when the page was built. Near sites become
// one mark until there is room for each.
import { useMemo, useRef, useState } from 'preact/hooks';
import land from 'made:land';
import { columnOf } from '../core/column.js';
import {
	Figure,
	Hatch,
	Legend,
	Mark,
	Shape,
	Table,
	fateEntries,
} from './Figure.jsx';
import { glide, useOwnId, usePan, useWidth } from './hooks.js';
import { textWidth } from './letters.js';
import { devicesAt } from './links.js';
import { PanTools } from './PanTools.jsx';
import { radius } from './scale.js';
import { FATES, fateAs, shapeOf } from './shapes.js';
import { bounds, fitted, gathered, held, zoomed } from './visible.js';

const LOOKED = ['not_looked', 'part', 'looked'];
const CLOSE = 60; // the greatest zoom: outlines of 1:110 million end there
const LARGE = 13; // the radius of the greatest mark

function sitesOf(pack) {
	const s = pack.sites;
	const country = columnOf(s.country, s.n);
	return Array.from({ length: s.n }, (_, i) => {
		const counts = Object.fromEntries(
			FATES.map((k) => [k, s[k]?.[i] ?? 0]),
		);
		return {
			i,
			id: s.id[i],
			name: s.name?.[i] ?? null,
			country: country.at(i),
			x: s.x[i],
			y: s.y[i],
			counts,
			n: FATES.reduce((sum, k) => sum + counts[k], 0),
			looked: s.looked?.[i] ?? 2,
		};
	});
}

const sum = (sites) => {
	const counts = Object.fromEntries(
		FATES.map((k) => [k, sites.reduce((n, s) => n + s.counts[k], 0)]),
	);
	return { counts, n: FATES.reduce((n, k) => n + counts[k], 0) };
};

const fateOf = (counts) => FATES.find((k) => counts[k] > 0) ?? null;

function countLines(t, counts) {
	return FATES.filter((k) => counts[k] > 0).map((k) =>
		t(`chart.map.${k}`, { n: counts[k] }),
	);
}

function saying(t, sites) {
	const { counts, n } = sum(sites);
	const lines = [
		sites.length === 1
			? [sites[0].id, sites[0].name, sites[0].country]
					.filter(Boolean)
					.join(' · ')
			: t('chart.map.sites', { n: sites.length }),
	];
	if (sites.length > 1)
		lines.push(
			sites
				.slice(0, 4)
				.map((s) => s.id)
				.join(', ') + (sites.length > 4 ? ' …' : ''),
		);
	if (n) lines.push(t('chart.boxes', { n }), ...countLines(t, counts));
	const unseen = sites.filter((s) => s.looked === 0).length;
	if (sites.length > 1 && unseen)
		lines.push(t('chart.map.unseen', { n: unseen }));
	if (sites.length === 1 && sites[0].looked !== 2)
		lines.push(t(`chart.map.${LOOKED[sites[0].looked]}`));
	if (!n && sites.length === 1 && sites[0].looked === 2)
		lines.push(t('chart.map.none'));
	return lines;
}

// Names beside marks, where they touch neither a mark nor another name.
function namesOf(groups, width) {
	const taken = groups.map((g) => [
		g.x - g.r - 2,
		g.y - g.r - 2,
		g.x + g.r + 2,
		g.y + g.r + 2,
	]);
	const free = (b, own) =>
		b[2] <= width &&
		taken.every(
			(o, i) =>
				i === own ||
				b[2] < o[0] ||
				b[0] > o[2] ||
				b[3] < o[1] ||
				b[1] > o[3],
		);
	const out = [];
	groups.forEach((g, i) => {
		if (g.sites.length > 1) return;
		const text = g.sites[0].id ?? '',
			w = textWidth(text);
		for (const side of [1, -1]) {
			const x = g.x + side * (g.r + 5);
			const b =
				side > 0
					? [x, g.y - 7, x + w, g.y + 7]
					: [x - w, g.y - 7, x, g.y + 7];
			if (b[0] < 0 || !free(b, i)) continue;
			taken.push(b);
			out.push({ x, y: g.y, text, anchor: side > 0 ? 'start' : 'end' });
			return;
		}
	});
	return out;
}

export function Map({ pack, t, route, boot, print }) {
	const to = devicesAt(route, boot);
	const { ref, width, paper } = useWidth(print);
	const box = pack.box;
	const high = Math.round(Math.max(240, Math.min(width * 0.52, 620)));
	const sites = useMemo(() => sitesOf(pack), [pack]);
	const placed = useMemo(() => sites.filter((s) => s.x != null), [sites]);
	const [moved, setMoved] = useState(null);
	const whole = fitted(box, width || 1, high, 0);
	const home = useMemo(() => {
		const b = bounds(
			placed.map((s) => s.x),
			placed.map((s) => s.y),
		);
		return b ? fitted(b, width || 1, high, 56, whole.k * 24) : whole;
	}, [placed, width, high]);
	// What somebody moved is for the screen; paper gets all sites.
	const view = moved && !paper ? moved : held(home, box, width || 1, high, 1);
	const now = useRef(view);
	now.current = view;
	const set = (v) => {
		now.current = v;
		setMoved(v);
	};
	const limits = {
		min: Math.min(whole.k, home.k),
		max: whole.k * CLOSE,
		box,
		w: width,
		h: high,
		share: 1,
	};
	const body = useRef(null);
	const most = Math.max(1, ...placed.map((s) => s.n));

	const step = Math.round(Math.log(view.k) * 12);
	const groups = useMemo(
		() =>
			gathered(
				placed.map((s) => ({
					x: s.x,
					y: s.y,
					r: radius(s.n, most, 5.5, LARGE),
					weight: s.n + 1e9 * (s.counts.in_scope > 0),
				})),
				view.k,
			).map((list) => {
				const of = list.map((i) => placed[i]);
				return {
					sites: of,
					x: of[0].x,
					y: of[0].y,
					...sum(of),
					unseen: of.every((s) => s.looked === 0),
				};
			}),
		[placed, step],
	);
	const greatest = Math.max(most, ...groups.map((g) => g.n));
	const marks = groups
		.map((g, i) => ({
			...g,
			i,
			x: g.x * view.k + view.x,
			y: g.y * view.k + view.y,
			r: Math.max(
				g.sites.length > 1 ? 9 : 0,
				radius(g.n, greatest, 5.5, LARGE),
			),
		}))
		.filter(
			(m) =>
				m.x > -20 && m.x < width + 20 && m.y > -20 && m.y < high + 20,
		);

	const zones = pack.zones ?? [];
	const said = (mark) => {
		const [kind, i] = mark.split(':');
		if (kind === 'zone') {
			const z = zones[i];
			return [z.name ?? z.id, t('chart.map.zone', { n: z.n ?? 0 })];
		}
		const g = groups[i];
		return g && saying(t, g.sites);
	};
	const closer = (g) => {
		const b = bounds(
			g.sites.map((s) => s.x),
			g.sites.map((s) => s.y),
		);
		const k = Math.min(
			limits.max,
			Math.max(view.k * 2, fitted(b, width, high, 80).k),
		);
		const v = {
			k,
			x: width / 2 - (k * (b[0] + b[2])) / 2,
			y: high / 2 - (k * (b[1] + b[3])) / 2,
		};
		glide(() => now.current, set, held(v, box, width, high, 1));
	};
	const fates = FATES.filter((k) => placed.some((s) => s.counts[k] > 0));
	const hatch = useOwnId();

	return (
		<div ref={ref}>
			<Figure
				name="map"
				title={t('chart.map.title')}
				width={placed.length ? width : 0}
				says={
					placed.length
						? t('chart.map.says', { n: placed.length })
						: t('chart.map.no_place')
				}
				hint={placed.length > 0 && t('chart.map.hint')}
				marks={said}
				body={body}
				tools={
					placed.length > 0 && (
						<PanTools
							t={t}
							zoom={(by) =>
								glide(
									() => now.current,
									set,
									held(
										zoomed(
											view,
											by,
											width / 2,
											high / 2,
											limits.min,
											limits.max,
										),
										box,
										width,
										high,
										1,
									),
								)
							}
							views={[
								[
									t('chart.map.fit'),
									() => glide(() => now.current, set, home),
								],
								[
									t('chart.map.world'),
									() => glide(() => now.current, set, whole),
								],
							]}
						/>
					)
				}
				legend={
					<Legend
						label={t('chart.legend')}
						entries={[
							...fateEntries(t, fates),
							placed.some((s) => !s.n && s.looked > 0) && {
								draw: <circle class="chart-nothing" r="5" />,
								word: t('chart.map.nothing'),
							},
							placed.some((s) => s.looked === 0) && {
								draw: <Unseen r={6} hatch={hatch} legend />,
								word: t('chart.map.not_looked'),
							},
							greatest > 1 && {
								draw: (
									<g class="chart-size">
										<circle cx="-8" r="2.5" />
										<circle cx="4" r="7" />
									</g>
								),
								word: t('chart.map.size', { n: greatest }),
							},
							groups.some((g) => g.sites.length > 1) && {
								draw: (
									<g>
										<circle class="chart-several" r="7" />
										<text
											class="chart-inside"
											y="3.5"
											text-anchor="middle">
											3
										</text>
									</g>
								),
								word: t('chart.map.several'),
							},
							zones.length > 0 && {
								draw: (
									<rect
										class="chart-zone"
										x="-10"
										y="-6"
										width="20"
										height="12"
									/>
								),
								word: t('chart.map.zones'),
							},
						]}
					/>
				}
				after={
					<>
						{pack.unplaced > 0 && (
							<p class="chart-note">
								{t('chart.map.unplaced', { n: pack.unplaced })}
							</p>
						)}
						<Tables
							{...{
								t,
								to,
								sites,
								zones,
								paper,
								countries: pack.countries ?? {},
							}}
						/>
					</>
				}>
				{({ id, label }) => (
					<Canvas
						{...{
							id,
							label,
							t,
							to,
							width,
							high,
							view,
							zones,
							marks,
							closer,
							body,
							now,
							set,
							limits,
							paper,
						}}
					/>
				)}
			</Figure>
		</div>
	);
}

function Unseen({ r, hatch, legend }) {
	return (
		<>
			{legend && (
				<defs>
					<Hatch id={hatch} step={4} />
				</defs>
			)}
			<circle class="chart-unseen" r={r} fill={`url(#${hatch})`} />
		</>
	);
}

function Canvas({
	id,
	label,
	t,
	to,
	width,
	high,
	view,
	zones,
	marks,
	closer,
	body,
	now,
	set,
	limits,
	paper,
}) {
	usePan(
		body,
		() => now.current,
		set,
		() => limits,
	);
	const hatch = `${id}hatch`;
	const place = `translate(${view.x} ${view.y}) scale(${view.k})`;
	return (
		<svg
			class="chart-svg chart-pan"
			viewBox={`0 0 ${width} ${high}`}
			width={width}
			height={high}
			role="group"
			{...label}>
			<desc>{t('chart.map.desc')}</desc>
			<defs>
				<Hatch id={hatch} />
			</defs>
			<g transform={place} aria-hidden="true">
				<path class="chart-sea" d={land.sphere} />
				<path class="chart-land" d={land.land} />
				<path class="chart-border" d={land.borders} />
			</g>
			<g transform={place}>
				{zones.map(
					(z, i) =>
						z.d && (
							<Mark
								key={z.id ?? i}
								href={to({ zone: [z.id] })}
								data-mark={`zone:${i}`}
								aria-label={`${z.name ?? z.id}: ${t(
									'chart.map.zone',
									{ n: z.n ?? 0 },
								)}`}>
								<path class="chart-zone" d={z.d} />
							</Mark>
						),
				)}
			</g>
			{namesOf(marks, width).map((n) => (
				<text
					key={n.text}
					class="chart-name"
					x={n.x}
					y={n.y + 4}
					text-anchor={n.anchor}
					aria-hidden="true">
					{n.text}
				</text>
			))}
			{marks.map((m) => (
				<Site
					key={m.sites[0].i}
					{...{ m, t, to, closer, hatch, paper }}
				/>
			))}
		</svg>
	);
}

function Site({ m, t, to, closer, hatch }) {
	const one = m.sites.length === 1 ? m.sites[0] : null;
	const fate = fateOf(m.counts),
		status = fateAs[fate];
	const inside = (
		<>
			<path
				class="chart-aim"
				d={shapeOf('none', Math.max(14, m.r * 1.3))}
			/>
			{fate ? (
				<Shape status={status} r={m.r} />
			) : m.unseen ? (
				<Unseen r={Math.max(7, m.r)} hatch={hatch} />
			) : (
				<circle class="chart-nothing" r={m.r} />
			)}
			{m.unseen && fate && (
				<path d={shapeOf(status, m.r)} fill={`url(#${hatch})`} />
			)}
			{!one && (
				<text class="chart-inside" y="4" text-anchor="middle">
					{m.sites.length}
				</text>
			)}
		</>
	);
	const common = {
		'data-mark': `site:${m.i}`,
		transform: `translate(${m.x.toFixed(1)} ${m.y.toFixed(1)})`,
		'aria-label': saying(t, m.sites).join('. '),
	};
	if (one)
		return (
			<Mark href={to({ site: [one.id] })} {...common}>
				{inside}
			</Mark>
		);
	return (
		<g
			role="button"
			class="chart-link"
			onClick={() => closer(m)}
			{...common}>
			{inside}
		</g>
	);
}

function Tables({ t, to, sites, zones, countries, paper }) {
	const rows = [...sites].sort(
		(a, b) =>
			b.counts.in_scope - a.counts.in_scope ||
			b.n - a.n ||
			(a.id < b.id ? -1 : 1),
	);
	return (
		<>
			{rows.length > 0 && (
				<Table
					t={t}
					paper={paper}
					caption={t('chart.map.title')}
					head={[
						t('chart.site'),
						t('chart.name'),
						t('chart.country'),
						...FATES.map((k) => t(`chart.fate.${k}`)),
						t('chart.map.watched'),
					]}
					rows={rows.map((s) => [
						{ text: s.id, href: to({ site: [s.id] }) },
						s.name,
						s.country,
						...FATES.map((k) => s.counts[k]),
						t(`chart.map.${LOOKED[s.looked]}`),
					])}
				/>
			)}
			{Object.keys(countries).length > 0 && (
				<Table
					t={t}
					paper={paper}
					open={paper || !sites.length}
					caption={t('chart.map.countries')}
					head={[
						t('chart.country'),
						...FATES.map((k) => t(`chart.fate.${k}`)),
					]}
					rows={Object.entries(countries).map(([code, c]) => [
						{ text: c.name ?? code, href: to({ country: [code] }) },
						...FATES.map((k) => c[k] ?? 0),
					])}
				/>
			)}
			{zones.length > 0 && (
				<Table
					t={t}
					paper={paper}
					caption={t('chart.map.zones')}
					head={[t('chart.map.zones'), t('chart.boxes.head')]}
					rows={zones.map((z) => [
						{ text: z.name ?? z.id, href: to({ zone: [z.id] }) },
						z.n ?? 0,
					])}
				/>
			)}
		</>
	);
}
