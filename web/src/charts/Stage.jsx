// SPDX-License-Identifier: ISC
// The canvas of the topology, and over it what the keyboard reaches.
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { STATUSES } from '../core/filter.js';
import { Tip } from './Figure.jsx';
import { glide, usePan } from './hooks.js';
import { discOf, inkOf, painterOf } from './painter.js';
import { apart, fitted, grid, held, nearest, zoomed } from './visible.js';

// The canvas reaches beyond its frame by this share of it: while it is dragged
// only its place changes, and it is drawn anew when the edge would show.
const SPARE = 0.3;
const MANY = 3000; // lines
const MARKS = 120; // that the keyboard reaches at one zoom

const whole = (box) => (box.length === 4 ? box : [0, 0, box[0], box[1]]);

// What the keyboard reaches: closed clusters, the greatest first, then nodes by
// what hangs on them.
function marksOf(net, { level, seen }) {
	const c = net.clusters;
	const out = [...level.keys()]
		.filter((i) => level[i] === 1)
		.sort((p, q) => c.n[q] - c.n[p])
		.slice(0, MARKS)
		.map((i) => ({ kind: 'cluster', i, x: c.x[i], y: c.y[i] }));
	const rank = net.behind
		? [...seen].sort((p, q) => net.behind(q) - net.behind(p))
		: seen;
	for (const i of rank.slice(0, MARKS - out.length))
		out.push({ kind: 'node', i, x: net.x[i], y: net.y[i] });
	return out;
}

function saying(t, net, kind, i) {
	if (kind === 'cluster') {
		const c = net.clusters;
		return [
			c.label[i] ?? t('chart.unknown'),
			t('chart.boxes', { n: c.n[i] }),
			c.inScope[i] > 0 && t('chart.map.in_scope', { n: c.inScope[i] }),
		];
	}
	const own = net.cluster[i];
	return [
		net.label(i) ?? t('chart.unknown'),
		t.word('status', net.status(i)),
		own >= 0 && net.clusters.label[own],
		net.behind && t('chart.topology.behind', { n: net.behind(i) }),
	];
}

export function Stage({
	pack,
	net,
	t,
	width,
	high,
	stage,
	api,
	chosen,
	cut,
	choose,
	label,
}) {
	const canvas = useRef(null),
		probe = useRef(null),
		overlay = useRef(null);
	const [marks, setMarks] = useState([]);
	const [tip, setTip] = useState(null);
	const box = whole(pack.box);
	const all = net.extent ?? box;
	const home = fitted(all, width, high, 26, 6);
	const state = useRef({
		view: home,
		drawn: null,
		seen: null,
		painter: null,
		frame: 0,
		rest: 0,
		lines: 0,
	});
	const s = state.current;
	const spare = [Math.round(width * SPARE), Math.round(high * SPARE)];
	// What is chosen now: a movement that began before still draws.
	s.chosen = chosen;
	s.cut = useMemo(() => cut && new Set(cut), [cut]);
	const limits = {
		box,
		w: width,
		h: high,
		min: home.k * 0.8,
		max: Math.max(
			home.k * 4,
			useMemo(() => greatest(net), [net]),
		),
	};
	const near = useMemo(
		() =>
			grid(
				net.x,
				net.y,
				Math.max(all[2] - all[0], all[3] - all[1], 1) / 120,
			),
		[net],
	);

	// Draws anew around the view, and puts the canvas in its place.
	const paint = (moving) => {
		const v = s.view;
		// Lines are what takes long; where they are many they come back
		// when it rests.
		s.quick = moving && s.lines > MANY;
		s.seen = s.painter.paint(
			{ k: v.k, x: v.x + spare[0], y: v.y + spare[1] },
			s,
		);
		if (!s.quick) s.lines = s.seen.lines;
		s.drawn = v;
		move(1, 0, 0);
	};
	const move = (f, dx, dy) => {
		canvas.current.style.transform = `translate(${dx - spare[0]}px, ${
			dy - spare[1]
		}px) scale(${f})`;
	};
	// While it moves the picture is only shifted, as long as it covers the
	// frame and is not blurred; it is drawn when it rests.
	const follow = () => {
		s.frame = 0;
		const v = s.view,
			d = s.drawn;
		const f = v.k / d.k;
		// The canvas' corner stands at -spare in the drawn view.
		const cx = v.x - d.x * f - spare[0] * f + spare[0];
		const cy = v.y - d.y * f - spare[1] * f + spare[1];
		const covers =
			cx <= spare[0] &&
			cy <= spare[1] &&
			cx + (width + 2 * spare[0]) * f >= width + spare[0] &&
			cy + (high + 2 * spare[1]) * f >= high + spare[1];
		if (!covers || f > 2.5 || f < 0.5) paint(true);
		else move(f, cx, cy);
		clearTimeout(s.rest);
		s.rest = setTimeout(settle, 90);
	};
	const settle = () => {
		if (!canvas.current) return;
		paint(false);
		setMarks(marksOf(net, s.seen));
	};
	const set = (v) => {
		s.view = v;
		s.frame ||= requestAnimationFrame(follow);
		setTip(null);
		overlay.current.setAttribute('visibility', 'hidden');
	};
	const go = (v) => glide(() => s.view, set, held(v, box, width, high));

	usePan(
		stage,
		() => s.view,
		set,
		() => limits,
	);

	useLayoutEffect(() => {
		s.painter = painterOf(net, canvas.current);
		const size = () => {
			s.painter.sized(
				width + 2 * spare[0],
				high + 2 * spare[1],
				spare[0],
				devicePixelRatio || 1,
				inkOf(probe.current),
			);
			settle();
		};
		s.view = home;
		size();
		const theme = new MutationObserver(size);
		theme.observe(document.documentElement, { attributes: true });
		const dark = matchMedia('(prefers-color-scheme: dark)');
		dark.addEventListener('change', size);
		return () => {
			theme.disconnect();
			dark.removeEventListener('change', size);
			cancelAnimationFrame(s.frame);
			clearTimeout(s.rest);
		};
	}, [net, width, high]);
	useLayoutEffect(settle, [chosen, cut]);
	useLayoutEffect(() => {
		overlay.current.setAttribute('visibility', 'visible');
	}, [marks]);

	api.current = {
		zoom: (by) =>
			go(zoomed(s.view, by, width / 2, high / 2, limits.min, limits.max)),
		fit: () => go(home),
		show: (i) => {
			const own = net.cluster[i];
			const k = Math.min(
				limits.max,
				Math.max(
					s.view.k,
					own < 0
						? 1
						: 14 / apart(net.clusters.r[own], net.clusters.n[own]),
				),
			);
			go({ k, x: width / 2 - net.x[i] * k, y: high / 2 - net.y[i] * k });
		},
	};
	const enter = (i) => {
		const c = net.clusters,
			r = Math.max(c.r[i], 1e-6);
		go(
			fitted(
				[c.x[i] - r, c.y[i] - r, c.x[i] + r, c.y[i] + r],
				width,
				high,
				48,
				limits.max,
			),
		);
	};
	const under = (e) => {
		const r = stage.current.getBoundingClientRect();
		const px = e.clientX - r.left,
			py = e.clientY - r.top;
		const v = s.view,
			x = (px - v.x) / v.k,
			y = (py - v.y) / v.k;
		const level = s.seen.level;
		const node = nearest(
			near,
			x,
			y,
			10 / v.k,
			(i) => net.cluster[i] < 0 || level[net.cluster[i]] === 2,
		);
		if (node >= 0) return { kind: 'node', i: node, px, py };
		const c = net.clusters;
		for (let i = 0; i < c.n.length; i++) {
			const far = Math.hypot(c.x[i] - x, c.y[i] - y) * v.k;
			if (level[i] === 1 && far <= discOf(c.r[i], v.k) + 2)
				return { kind: 'cluster', i, px, py };
		}
		return null;
	};
	const hover = (e) => {
		const hit = e.buttons ? null : under(e);
		stage.current.classList.toggle('is-over', Boolean(hit));
		setTip(
			hit && { ...hit, x: hit.px, top: hit.py - 8, bottom: hit.py + 16 },
		);
	};
	const click = (e) => {
		if (e.target.closest('[data-mark]')) return;
		const hit = under(e);
		if (hit?.kind === 'cluster') enter(hit.i);
		else choose(hit ? hit.i : -1);
	};
	const key = (e) => {
		const by = { '+': 1.6, '=': 1.6, '-': 1 / 1.6 }[e.key];
		if (by) api.current.zoom(by);
		else if (e.key === '0') api.current.fit();
		else if (e.key === 'Escape') choose(-1);
	};

	return (
		<div
			class="chart-stage chart-pan"
			onPointerMove={hover}
			onPointerLeave={() => setTip(null)}
			onClick={click}
			onKeyDown={key}
			ref={(el) => {
				if (el) el.style.height = `${high}px`;
			}}>
			<canvas ref={canvas} aria-hidden="true" />
			<Probe at={probe} />
			<svg
				class="chart-svg chart-overlay"
				ref={overlay}
				width={width}
				height={high}
				viewBox={`0 0 ${width} ${high}`}
				role="group"
				{...label}>
				<desc>{t('chart.topology.desc')}</desc>
				{marks.map((m) => (
					<Reach
						key={`${m.kind}${m.i}`}
						{...{
							m,
							t,
							net,
							view: s.drawn ?? home,
							enter,
							choose,
							setTip,
							chosen: m.kind === 'node' && m.i === chosen,
						}}
					/>
				))}
			</svg>
			<Tip
				tip={tip}
				width={width}
				lines={tip && saying(t, net, tip.kind, tip.i)}
			/>
		</div>
	);
}

// As close as a box may be looked at: its neighbours 40 pixels away.
function greatest(net) {
	const c = net.clusters;
	let least = Infinity;
	for (let i = 0; i < c.n.length; i++)
		least = Math.min(least, apart(c.r[i], c.n[i]));
	return least === Infinity || !(least > 0) ? 8 : 40 / least;
}

// A mark over the canvas for who has no pointer.
function Reach({ m, t, net, view, enter, choose, setTip, chosen }) {
	const x = m.x * view.k + view.x,
		y = m.y * view.k + view.y;
	const r = m.kind === 'cluster' ? discOf(net.clusters.r[m.i], view.k) : 9;
	return (
		<circle
			class="chart-reach"
			cx={x.toFixed(1)}
			cy={y.toFixed(1)}
			r={r + 3}
			role="button"
			data-mark={`${m.kind}:${m.i}`}
			aria-pressed={m.kind === 'node' ? String(chosen) : undefined}
			aria-label={saying(t, net, m.kind, m.i).filter(Boolean).join('. ')}
			onFocus={() =>
				setTip({ kind: m.kind, i: m.i, x, top: y - r, bottom: y + r })
			}
			onBlur={() => setTip(null)}
			onClick={() => (m.kind === 'cluster' ? enter(m.i) : choose(m.i))}
		/>
	);
}

// One element of each class that the canvas takes its colours from.
function Probe({ at }) {
	return (
		<svg
			class="chart-probe"
			ref={at}
			width="0"
			height="0"
			aria-hidden="true">
			{STATUSES.map((s) => (
				<path key={s} class={`chart-mark is-${s}`} data-ink={s} />
			))}
			{[
				'ground',
				'open',
				'closed',
				'edge',
				'joint',
				'cut',
				'chosen',
				'name',
			].map((c) => (
				<path key={c} class={`chart-${c}`} data-ink={c} />
			))}
		</svg>
	);
}
