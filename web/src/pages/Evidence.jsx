// SPDX-License-Identifier: ISC
// The evidence of one device: its plate, the findings with the law's own words,
// the facts with their octets, what contradicts, what would settle it.
import { OPEN, STATUSES } from '../core/filter.js';
import { Status, Verdict } from '../parts/Mark.jsx';
import { instant } from '../core/words.js';
import { Octets } from '../parts/Octets.jsx';
import { Waiting } from '../parts/Waiting.jsx';
import { Statements } from './Statements.jsx';
import { nameOf } from './Devices.jsx';

export function Evidence({
	devices,
	row,
	known,
	refer,
	waiting,
	packs,
	print,
	t,
}) {
	const facts = known?.facts ?? [];
	return (
		<>
			<TypePlate devices={devices} row={row} known={known} t={t} />
			{waiting && <Waiting t={t} />}
			{!waiting && !known && <p class="notice">{t('drawer.not_held')}</p>}
			{known && (
				<>
					<Findings
						findings={known.findings ?? []}
						refer={refer}
						print={print}
						t={t}
					/>
					<Facts
						id="np-for"
						title={t('drawer.for')}
						refer={refer}
						print={print}
						t={t}
						facts={facts.filter((f) => f.for !== false)}
					/>
					<Facts
						id="np-against"
						title={t('drawer.against')}
						refer={refer}
						print={print}
						t={t}
						facts={facts.filter((f) => f.for === false)}
						against
						none={t('drawer.against_none')}
					/>
					{known.settles && (
						<section aria-labelledby="np-settles">
							<h3 id="np-settles">{t('drawer.settles')}</h3>
							<p class="text" lang="en">
								{known.settles}
							</p>
						</section>
					)}
					<Statements
						known={known}
						live={print ? null : packs.live}
						packs={packs}
						t={t}
					/>
				</>
			)}
		</>
	);
}

const PLATE = [
	'maker_name',
	'model',
	'version',
	'serial',
	'function',
	'site',
	'address',
	'mac',
	'obtained',
	'zone',
	'behind',
	'wave',
	'id',
];

// What the table has no column for; `shown` is what the plate has already.
function moreOf(device, shown, t) {
	const rows = [];
	const row = (label, ...texts) => {
		const text = texts.filter(Boolean).join(' · ');
		if (text) rows.push([label, text]);
	};
	row(t('drawer.rival'), device.rival);
	row(t('drawer.family'), device.family, device.os);
	for (const [key, value] of device.keys ?? []) {
		if (!shown.includes(value)) row(t.word('field', key), value);
	}
	for (const part of device.components ?? []) {
		row(t('drawer.part'), part.maker_name, part.model, part.serial);
	}
	for (const r of device.roles ?? [])
		row(t('drawer.role'), r.role, r.interface);
	row(t('drawer.owner'), t.word('owner', device.owner));
	row(
		t('read.span'),
		device.first && `${instant(device.first)} – ${instant(device.last)}`,
	);
	return rows;
}

// Drawn as what every box carries: a plate with its maker's name.
function TypePlate({ devices, row, known, t }) {
	const get = (key) => devices.get(row, key);
	const share = get('confidence');
	const rows = [
		...PLATE.filter((key) => get(key) !== null).map((key) => [
			t(`field.${key}`),
			typeof get(key) === 'number' ? t.n(get(key)) : get(key),
		]),
		...moreOf(known?.device ?? {}, PLATE.map(get), t),
	];
	const { placed_by: by, placed_why: why } = known?.device ?? {};
	return (
		<div class="plate">
			<i class="rivet" />
			<i class="rivet" />
			<i class="rivet" />
			<i class="rivet" />
			<h2 class="text">{nameOf(devices, row)}</h2>
			<p class="plate-marks">
				<Verdict t={t} value={get('verdict') ?? 'unknown'} />
				<Status
					t={t}
					value={get('status') ?? 'none'}
					secondary={get('sure') === 'secondary'}
				/>
			</p>
			{known?.device?.heard_of && (
				<p class="small">{t('drawer.heard_of')}</p>
			)}
			<dl class="plate-rows">
				{rows.map(([label, value], i) => (
					<div key={i}>
						<dt>{label}</dt>
						<dd class="text">{value}</dd>
					</div>
				))}
			</dl>
			<p class="small quiet">
				{share !== null &&
					t('drawer.confidence', {
						share: t.share(share),
						cases: get('cases') ?? '–',
					})}
				{share !== null && by && ' · '}
				{by && (
					<span class="text">
						{t('drawer.placed', { by, why: why ?? '–' })}
					</span>
				)}
			</p>
		</div>
	);
}

// What reaches the box or may reach it first; what does not, folded.
function Findings({ findings, refer, print, t }) {
	const rank = (f) => STATUSES.indexOf(f.status);
	const sorted = [...findings].sort((a, b) => rank(a) - rank(b));
	const open = sorted.filter((f) => OPEN.includes(f.status));
	const rest = sorted.filter((f) => !OPEN.includes(f.status));
	return (
		<section aria-labelledby="np-findings">
			<h3 id="np-findings">{t('drawer.findings')}</h3>
			{!findings.length && (
				<p class="quiet">{t('drawer.findings_none')}</p>
			)}
			<ul class="findings">
				{open.map((f, i) => (
					<Finding key={i} f={f} refer={refer} t={t} />
				))}
			</ul>
			{rest.length > 0 && (
				<details open={print || !open.length}>
					<summary>
						{t('drawer.findings_rest', { n: rest.length })}
					</summary>
					<ul class="findings">
						{rest.map((f, i) => (
							<Finding key={i} f={f} refer={refer} t={t} />
						))}
					</ul>
				</details>
			)}
		</section>
	);
}

// The clause that a finding names, with its policy behind it.
function clauseOf(refer, f) {
	const clause = refer?.clauses?.[f.clause];
	const policy = refer?.policies?.[clause?.policy];
	return {
		...policy,
		...Object.fromEntries(
			Object.entries(clause ?? {}).filter(([, value]) => value !== null),
		),
	};
}

function Finding({ f, refer, t }) {
	const law = clauseOf(refer, f);
	const strong = OPEN.includes(f.status);
	return (
		<li class={`finding ${strong ? 'finding-strong' : ''}`}>
			<p class="finding-head">
				<Status
					t={t}
					value={f.status}
					secondary={law.certainty === 'secondary'}
				/>
				<span class="quiet">
					{[
						law.jurisdiction,
						law.duty && t.word('duty', law.duty),
						f.elsewhere && t('law.elsewhere'),
					]
						.filter(Boolean)
						.join(' · ')}
				</span>
				{f.date && (
					<span>
						<strong>{t.day(f.date)}</strong>{' '}
						<span class="quiet">{t.days(f.days)}</span>
					</span>
				)}
			</p>
			<p class="text" lang="en">
				{f.text}
			</p>
			{strong && <Quote law={law} t={t} />}
			{f.missing?.length > 0 && (
				<div class="missing">
					<p class="label">{t('drawer.missing')}</p>
					<ul lang="en">
						{f.missing.map((m, i) => (
							<li key={i} class="text">
								{m.brief}
								{m.get && <span class="quiet"> – {m.get}</span>}
							</li>
						))}
					</ul>
				</div>
			)}
			{f.without_statements && (
				<p class="small text">
					<span class="label">{t('drawer.without')}</span>{' '}
					<span lang="en">{f.without_statements}</span>
				</p>
			)}
			{strong && law.who && (
				<p class="small text">
					<span class="label">{t('drawer.binds')}</span>{' '}
					<span lang="en">{law.who}</span>
				</p>
			)}
			{f.because && (
				<p class="small text">
					<span class="label">{t('drawer.because')}</span>{' '}
					<span lang="en">{f.because}</span>
				</p>
			)}
			<p class="quiet small text">
				{law.citation} <span class="mono">{f.clause}</span>
			</p>
		</li>
	);
}

export function Quote({ law, t }) {
	if (!law.quote) return null;
	return (
		<figure class="quote">
			<blockquote lang={law.quote_lang ?? undefined} class="text">
				<p>{law.quote}</p>
			</blockquote>
			<figcaption class="label">{t('law.original')}</figcaption>
			{law.translation && (
				<>
					<blockquote
						lang={law.translation.lang ?? 'en'}
						class="text quote-translated">
						<p>{law.translation.text ?? law.translation}</p>
					</blockquote>
					<figcaption class="label">
						{t('law.translation')}
					</figcaption>
				</>
			)}
		</figure>
	);
}

function Facts({ id, title, facts, refer, none, against, print, t }) {
	return (
		<section aria-labelledby={id} class={against ? 'against' : undefined}>
			<h3 id={id}>
				{title}{' '}
				{facts.length > 0 && (
					<span class="quiet">{t.n(facts.length)}</span>
				)}
			</h3>
			{!facts.length && none && <p class="quiet">{none}</p>}
			<ul class="evidence">
				{facts.map((f, i) => (
					<Fact key={i} f={f} refer={refer} print={print} t={t} />
				))}
			</ul>
		</section>
	);
}

function Fact({ f, refer, print, t }) {
	const source = refer?.sources?.[f.source - 1];
	return (
		<li class="fact">
			<details open={print}>
				<summary>
					<span class="fact-field mono">{f.field}</span>
					<span class="fact-value mono text">
						{f.value ?? t('drawer.withheld')}
					</span>
					<span class="fact-claims">
						{grouped(f.claims ?? []).map((c, i) => (
							<Claim key={i} c={c} t={t} />
						))}
					</span>
				</summary>
				<div class="fact-body">
					<Octets value={f.value} hex={f.hex} t={t} />
					<dl class="facts small">
						<dt>{t('drawer.where')}</dt>
						<dd class="text">
							{t('drawer.where_value', {
								unit: f.unit,
								place: f.place,
								source: f.source,
								at: f.at,
							})}
							{source?.name && (
								<>
									<br />
									<span class="mono">{source.name}</span>
								</>
							)}
						</dd>
						{source && (
							<>
								<dt>{t('drawer.hash')}</dt>
								<dd class="mono text">{source.sha256}</dd>
							</>
						)}
						<dt>{t('drawer.claims')}</dt>
						<dd>
							{(f.claims ?? []).map((c, i) => (
								<p key={i} class="text">
									{c.what}{' '}
									<strong>{c.value ?? c.maker ?? '–'}</strong>{' '}
									<span class="quiet">
										{t('drawer.grade', { grade: c.grade })},{' '}
										{t('drawer.rule', { rule: c.rule })},{' '}
										{t('drawer.group', { group: c.group })}
										{c.lowered &&
											`, ${t('drawer.lowered')}`}
									</span>
								</p>
							))}
						</dd>
					</dl>
					<p class="quiet small">
						{t('drawer.heard', { n: f.count ?? 1 })} ·{' '}
						{t('drawer.scope', { scope: f.scope, reach: f.reach })}
						{source && <> · {t.word('origin', source.origin)}</>}
						{f.settable && <> · {t('drawer.settable')}</>}
					</p>
				</div>
			</details>
		</li>
	);
}

// Claims that say the same count once in the summary.
function grouped(claims) {
	const seen = new Map();
	for (const c of claims) {
		const key = `${c.what} ${c.value ?? c.maker}`;
		if (!seen.has(key) || seen.get(key).grade < c.grade) seen.set(key, c);
	}
	return [...seen.values()];
}

function Claim({ c, t }) {
	return (
		<span class={`claim claim-${c.grade}`}>
			<span class="text">
				{c.what} {c.value ?? c.maker}
			</span>{' '}
			<b title={t('drawer.grade', { grade: c.grade })}>{c.grade}</b>
		</span>
	);
}
