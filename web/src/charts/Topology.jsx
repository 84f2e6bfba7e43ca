// SPDX-License-Identifier: ISC
// How the boxes are joined, and what is cut off when one goes. C laid the nodes
// out and found for each the nearest whose loss cuts it off; the canvas draws
// what is worth drawing at the zoom at hand, and paper gets the clusters.
import { useMemo, useRef, useState } from 'preact/hooks';
import { NOT_KNOWN, STATUSES } from '../core/filter.js';
import { Figure, Legend, Table, statusEntries } from './Figure.jsx';
import { useWidth } from './hooks.js';
import { devicesAt } from './links.js';
import { networkOf, searched } from './network.js';
import { PanTools } from './PanTools.jsx';
import { drawnAs } from './shapes.js';
import { Stage } from './Stage.jsx';
import { StillNetwork } from './StillNetwork.jsx';
import { above, counted, subtree } from './tree.js';

const LISTED = 24;

export function Topology({ pack, t, route, boot, devices, open, print }) {
	const to = devicesAt(route, boot);
	const { ref, width, paper } = useWidth(print);
	const net = useMemo(() => networkOf(pack), [pack]);
	const [chosen, setChosen] = useState(-1);
	const stage = useRef(null);
	const api = useRef(null);
	const high = Math.round(Math.max(320, Math.min(width * 0.62, 680)));
	const cut = useMemo(
		() => (chosen >= 0 && net.kids ? subtree(net.kids, chosen) : null),
		[net, chosen],
	);
	const choose = (i, see) => {
		setChosen(i);
		if (see && i >= 0) api.current?.show(i);
	};
	const statuses = useMemo(() => {
		const seen = new Set(
			[...Array(net.n).keys()].map((i) => drawnAs(net.status(i))),
		);
		return STATUSES.filter((s) => seen.has(s));
	}, [net]);

	return (
		<div ref={ref}>
			<Figure
				name="topology"
				title={t('chart.topology.title')}
				width={net.n ? width : 0}
				body={stage}
				says={t('chart.topology.says', {
					n: net.n,
					links: net.a.length,
				})}
				hint={net.kids && t('chart.topology.hint')}
				tools={
					<PanTools
						t={t}
						zoom={(by) => api.current?.zoom(by)}
						views={[
							[t('chart.topology.fit'), () => api.current?.fit()],
						]}>
						<Search
							t={t}
							net={net}
							found={(i) => choose(i, true)}
						/>
					</PanTools>
				}
				legend={
					<Legend
						label={t('chart.legend')}
						entries={[
							...statusEntries(t, statuses),
							net.clusters.n.length > 1 && {
								draw: (
									<g>
										<circle class="chart-closed" r="7" />
										<path
											class="chart-rim"
											d="M0-7A7 7 0 0 1 7 0"
										/>
									</g>
								),
								word: t('chart.topology.closed'),
							},
							!paper &&
								net.kids && {
									draw: <circle class="chart-cut" r="6" />,
									word: t('chart.topology.cut_key'),
								},
						]}
					/>
				}
				after={
					<>
						{!paper && net.kids && net.n > 0 && (
							<Lost
								{...{
									t,
									net,
									chosen,
									cut,
									devices,
									open,
									choose,
								}}
							/>
						)}
						{pack.left_out > 0 && (
							<p class="chart-note">
								{t('chart.topology.left_out', {
									n: pack.left_out,
								})}
							</p>
						)}
						{pack.candidate && (
							<p class="chart-note">{pack.candidate}</p>
						)}
						<Tables {...{ t, to, net, devices, open, paper }} />
					</>
				}>
				{({ label }) => (
					<>
						{!paper && (
							<Stage
								{...{
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
								}}
							/>
						)}
						<StillNetwork {...{ pack, net, t, shown: paper }} />
					</>
				)}
			</Figure>
		</div>
	);
}

function Search({ t, net, found }) {
	const [text, setText] = useState('');
	const hits = useMemo(() => searched(net, text), [net, text]);
	const take = (i) => {
		setText('');
		found(i);
	};
	return (
		<form
			class="chart-search"
			role="search"
			onSubmit={(e) => {
				e.preventDefault();
				if (hits.length) take(hits[0]);
			}}>
			<input
				type="search"
				value={text}
				aria-label={t('chart.topology.search')}
				placeholder={t('chart.topology.search')}
				onInput={(e) => setText(e.currentTarget.value)}
				onKeyDown={(e) => e.key === 'Escape' && setText('')}
			/>
			{text && (
				<ul class="chart-hits">
					{hits.map((i) => (
						<li key={i}>
							<button type="button" onClick={() => take(i)}>
								{net.label(i)}
								<span>
									{net.cluster[i] >= 0 &&
										net.clusters.label[net.cluster[i]]}
								</span>
							</button>
						</li>
					))}
					{!hits.length && <li>{t('chart.topology.no_hit')}</li>}
				</ul>
			)}
		</form>
	);
}

const siteOf = (net, i) =>
	net.cluster[i] >= 0 ? net.clusters.label[net.cluster[i]] : null;

function idOf(net, devices, i) {
	const row = net.device(i);
	return row >= 0 && devices ? devices.get(row, 'id') : null;
}

// What goes with the chosen box, in words.
function Lost({ t, net, chosen, cut, devices, open, choose }) {
	if (chosen < 0)
		return (
			<p class="chart-note" role="status">
				{t('chart.topology.choose')}
			</p>
		);
	const name = net.label(chosen) ?? t('chart.unknown');
	const id = idOf(net, devices, chosen);
	const over = above(net.up, chosen);
	const scope = cut.filter((i) => net.status(i) === 'in_scope').length;
	const by = counted(cut, (i) => siteOf(net, i));
	const pick = (i) => (
		<button
			type="button"
			class="chart-pick"
			onClick={() => choose(i, true)}>
			{net.label(i) ?? t('chart.unknown')}
		</button>
	);
	return (
		<section class="chart-panel" role="status">
			<h3>{name}</h3>
			<p>
				{cut.length
					? t('chart.topology.lost', { n: cut.length, name })
					: t('chart.topology.none_lost', { name })}
				{scope > 0 &&
					` ${t('chart.topology.lost_scope', { n: scope })}`}
			</p>
			{by.length > 1 && (
				<p>
					{by
						.slice(0, 12)
						.map(
							([site, n]) =>
								`${site ?? t('chart.unknown')}: ${t.n(n)}`,
						)
						.join(' · ')}
					{by.length > 12 && ' …'}
				</p>
			)}
			{over.length > 0 && (
				<p>
					{t('chart.topology.hangs')}{' '}
					{over.map((i, k) => (
						<span key={i}>
							{k > 0 && ' → '}
							{pick(i)}
						</span>
					))}
				</p>
			)}
			{cut.length > 0 && (
				<ul class="chart-list">
					{cut.slice(0, LISTED).map((i) => (
						<li key={i}>{pick(i)}</li>
					))}
					{cut.length > LISTED && (
						<li>
							{t('chart.topology.and_more', {
								n: cut.length - LISTED,
							})}
						</li>
					)}
				</ul>
			)}
			<p class="chart-actions">
				{id && open && (
					<button type="button" onClick={() => open(id)}>
						{t('chart.topology.evidence')}
					</button>
				)}
				<button type="button" onClick={() => choose(-1)}>
					{t('chart.topology.leave')}
				</button>
			</p>
		</section>
	);
}

function Tables({ t, to, net, devices, open, paper }) {
	const c = net.clusters;
	const order = [...c.n.keys()].sort(
		(p, q) => c.n[q] - c.n[p] || (c.label[p] < c.label[q] ? -1 : 1),
	);
	const weighty = useMemo(
		() =>
			net.behind
				? [...Array(net.n).keys()]
						.filter((i) => net.behind(i) > 0)
						.sort((p, q) => net.behind(q) - net.behind(p) || p - q)
				: [],
		[net],
	);
	const linked = (i) => {
		const id = idOf(net, devices, i);
		return {
			text: net.label(i) ?? t('chart.unknown'),
			href: id && open ? to({ open: id }) : undefined,
		};
	};
	return (
		<>
			{weighty.length > 0 && (
				<Table
					t={t}
					paper={paper}
					caption={t('chart.topology.table')}
					head={[
						t('chart.box'),
						t('chart.site'),
						t('chart.status'),
						t('chart.topology.behind_head'),
					]}
					rows={weighty.map((i) => [
						linked(i),
						siteOf(net, i),
						t.word('status', net.status(i)),
						net.behind(i),
					])}
				/>
			)}
			<Table
				t={t}
				paper={paper}
				caption={t('chart.topology.clusters')}
				head={[
					t('chart.site'),
					t('chart.boxes.head'),
					t('chart.fate.in_scope'),
				]}
				rows={order.map((i) => [
					{
						text: c.label[i] ?? t('chart.unknown'),
						href: to({ site: [c.site[i] ?? NOT_KNOWN] }),
					},
					c.n[i],
					c.inScope[i],
				])}
			/>
		</>
	);
}
