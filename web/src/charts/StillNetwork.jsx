// SPDX-License-Identifier: ISC
// The network for paper: vectors, all clusters; the nodes too where they are
// few. A canvas prints badly.
import { PAPER } from './hooks.js';
import { drawnAs, shapeOf } from './shapes.js';
import { fitted } from './visible.js';

const FEW = 600;

export function StillNetwork({ net, t, shown }) {
	const c = net.clusters;
	const few = net.n <= FEW;
	const b = net.extent ?? [0, 0, 1, 1];
	const high = Math.round(
		Math.max(
			300,
			Math.min(
				620,
				(PAPER * (b[3] - b[1])) / Math.max(1, b[2] - b[0]) + 30,
			),
		),
	);
	if (!shown) return null;
	const v = fitted(b, PAPER, high, 20);
	const X = (x) => (x * v.k + v.x).toFixed(1);
	const Y = (y) => (y * v.k + v.y).toFixed(1);
	return (
		<svg
			class="chart-svg"
			viewBox={`0 0 ${PAPER} ${high}`}
			width={PAPER}
			height={high}
			role="img">
			<title>{t('chart.topology.title')}</title>
			<desc>
				{t('chart.topology.says', { n: net.n, links: net.a.length })}
			</desc>
			{few &&
				c.label.map((_, i) => (
					<circle
						key={i}
						class="chart-open"
						cx={X(c.x[i])}
						cy={Y(c.y[i])}
						r={(c.r[i] * v.k).toFixed(1)}
					/>
				))}
			{few ? (
				<Nodes {...{ net, X, Y, t }} />
			) : (
				<Clusters {...{ net, X, Y, k: v.k }} />
			)}
			{few &&
				c.label.map((label, i) => (
					<text
						key={i}
						class="chart-name"
						x={X(c.x[i])}
						y={+Y(c.y[i]) - c.r[i] * v.k - 6}
						text-anchor="middle">
						{label}
					</text>
				))}
		</svg>
	);
}

function Nodes({ net, X, Y }) {
	const all = [...Array(net.n).keys()];
	return (
		<>
			<path
				class="chart-edge-line"
				d={[...net.a.keys()]
					.map(
						(e) =>
							`M${X(net.x[net.a[e]])} ${Y(net.y[net.a[e]])}L${X(
								net.x[net.b[e]],
							)} ${Y(net.y[net.b[e]])}`,
					)
					.join('')}
			/>
			{all.map((i) => (
				<path
					key={i}
					fill-rule="evenodd"
					class={`chart-mark is-${drawnAs(net.status(i))}`}
					d={shapeOf(drawnAs(net.status(i)), net.n < 100 ? 5 : 3)}
					transform={`translate(${X(net.x[i])} ${Y(net.y[i])})`}
				/>
			))}
			{net.n <= 60 &&
				all.map((i) => (
					<text
						key={i}
						class="chart-name is-small"
						x={X(net.x[i])}
						y={+Y(net.y[i]) + 15}
						text-anchor="middle">
						{net.label(i)}
					</text>
				))}
		</>
	);
}

function Clusters({ net, X, Y, k }) {
	const c = net.clusters,
		{ a, b, n } = net.joined;
	return (
		<>
			{a.map((p, i) => (
				<line
					key={i}
					class="chart-edge-line"
					x1={X(c.x[p])}
					y1={Y(c.y[p])}
					x2={X(c.x[b[i]])}
					y2={Y(c.y[b[i]])}
					stroke-width={n[i] > 32 ? 2.4 : n[i] > 4 ? 1.2 : 0.6}
				/>
			))}
			{c.label.map((label, i) => {
				const r = Math.max(3, c.r[i] * k);
				const s = c.n[i] ? c.inScope[i] / c.n[i] : 0;
				return (
					<g
						key={i}
						transform={`translate(${X(c.x[i])} ${Y(c.y[i])})`}>
						<circle class="chart-closed" r={r.toFixed(1)} />
						{s > 0 && <path class="chart-rim" d={rim(r, s)} />}
						{r >= 9 && (
							<text
								class="chart-name is-small"
								y="3"
								text-anchor="middle">
								{label}
							</text>
						)}
					</g>
				);
			})}
		</>
	);
}

// The part of a rim, from the top to the right.
function rim(r, share) {
	const u = 2 * Math.PI * Math.min(0.999, Math.max(0.06, share));
	const x = r * Math.sin(u),
		y = -r * Math.cos(u);
	return `M0 ${(-r).toFixed(1)}A${r.toFixed(1)} ${r.toFixed(1)} 0 ${
		u > Math.PI ? 1 : 0
	} 1 ${x.toFixed(1)} ${y.toFixed(1)}`;
}
