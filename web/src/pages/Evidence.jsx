// SPDX-License-Identifier: ISC
// The evidence of one device: its plate, the findings with the law's own words,
// the facts with their octets, what contradicts, what would settle it.
import { STATUSES } from '../core/filter.js';
import { Status, Verdict } from '../parts/Mark.jsx';
import { Octets } from '../parts/Octets.jsx';
import { Statements } from './Statements.jsx';
import { nameOf } from './Devices.jsx';

export function Evidence({ devices, row, known, packs, t }) {
	const facts = known?.facts ?? [];
	const speaks = facts.filter((f) => f.for !== false);
	const against = facts.filter((f) => f.for === false);
	return (
		<>
			<TypePlate devices={devices} row={row} t={t} />
			{!known && <p class="notice">{t('drawer.not_held')}</p>}
			{known && <>
				<Findings findings={known.findings ?? []} t={t} />
				<Facts id="np-for" title={t('drawer.for')} facts={speaks} t={t} />
				<Facts id="np-against" title={t('drawer.against')} facts={against} t={t}
					none={t('drawer.against_none')} against />
				{known.settles && (
					<section aria-labelledby="np-settles">
						<h3 id="np-settles">{t('drawer.settles')}</h3>
						<p class="text" lang="en">{known.settles}</p>
					</section>
				)}
				<Statements known={known} packs={packs} t={t} />
			</>}
		</>
	);
}

const OPEN = ['in_scope', 'component_in_scope', 'contested', 'undetermined'];
const statusOf = (f) => f.status.replace(/ /g, '_');

const PLATE = ['maker_name', 'model', 'version', 'serial', 'function', 'site',
	'address', 'mac', 'obtained', 'zone', 'behind', 'wave', 'id'];

// Drawn as what every box carries: a plate with its maker's name.
function TypePlate({ devices, row, t }) {
	const get = (key) => devices.get(row, key);
	const share = get('confidence');
	return (
		<div class="plate">
			<i class="rivet" /><i class="rivet" /><i class="rivet" /><i class="rivet" />
			<h2 class="text">{nameOf(devices, row)}</h2>
			<p class="plate-marks">
				<Verdict t={t} value={get('verdict') ?? 'unknown'} />
				<Status t={t} value={get('status') ?? 'none'} />
			</p>
			<dl class="plate-rows">
				{PLATE.filter((key) => get(key) !== null).map((key) => (
					<div key={key}>
						<dt>{t(`field.${key}`)}</dt>
						<dd class="text">{typeof get(key) === 'number' ? t.n(get(key))
							: get(key)}</dd>
					</div>
				))}
			</dl>
			{share !== null && <p class="small quiet">{t('drawer.confidence', {
				share: t.share(share), cases: get('cases') ?? '–' })}</p>}
		</div>
	);
}

// What reaches the box or may reach it first; what does not, folded.
function Findings({ findings, t }) {
	const rank = (f) => STATUSES.indexOf(statusOf(f));
	const sorted = [...findings].sort((a, b) => rank(a) - rank(b));
	const open = sorted.filter((f) => OPEN.includes(statusOf(f)));
	const rest = sorted.filter((f) => !OPEN.includes(statusOf(f)));
	return (
		<section aria-labelledby="np-findings">
			<h3 id="np-findings">{t('drawer.findings')}</h3>
			{!findings.length && <p class="quiet">{t('drawer.findings_none')}</p>}
			<ul class="findings">
				{open.map((f, i) => <Finding key={i} f={f} t={t} />)}
			</ul>
			{rest.length > 0 && (
				<details open={!open.length}>
					<summary>{t('drawer.findings_rest', { n: rest.length })}</summary>
					<ul class="findings">
						{rest.map((f, i) => <Finding key={i} f={f} t={t} />)}
					</ul>
				</details>
			)}
		</section>
	);
}

function Finding({ f, t }) {
	const status = statusOf(f);
	const strong = OPEN.includes(status);
	return (
		<li class={`finding ${strong ? 'finding-strong' : ''}`}>
			<p class="finding-head">
				<Status t={t} value={status} />
				<span class="quiet">{f.jurisdiction} · {t.word('duty', f.duty)}</span>
				{f.date && <span><strong>{t.day(f.date)}</strong>{' '}
					<span class="quiet">{t.days(f.days)}</span></span>}
			</p>
			<p class="text" lang="en">{f.text}</p>
			{f.quote && <Quote f={f} t={t} />}
			{f.missing?.length > 0 && <p class="text"><span class="label">
				{t('drawer.missing')}</span> <span lang="en">{f.missing.join('; ')}</span>
			{f.get && <span class="quiet" lang="en"> – {f.get}</span>}</p>}
			<p class="quiet small text">{f.citation}
				{(f.sure ?? f.certainty) === 'secondary' && <> · {t('law.secondary')}</>}</p>
		</li>
	);
}

function Quote({ f, t }) {
	return (
		<figure class="quote">
			<blockquote lang={f.quote_lang ?? undefined} class="text"><p>{f.quote}</p></blockquote>
			<figcaption class="label">{t('law.original')}</figcaption>
			{f.translation && <>
				<blockquote lang={f.translation.lang} class="text quote-translated">
					<p>{f.translation.text}</p></blockquote>
				<figcaption class="label">{t('law.translation')}</figcaption>
			</>}
		</figure>
	);
}

function Facts({ id, title, facts, none, against, t }) {
	return (
		<section aria-labelledby={id} class={against ? 'against' : undefined}>
			<h3 id={id}>{title} {facts.length > 0 && <span class="quiet">
				{t.n(facts.length)}</span>}</h3>
			{!facts.length && none && <p class="quiet">{none}</p>}
			<ul class="evidence">
				{facts.map((f, i) => <Fact key={i} f={f} t={t} />)}
			</ul>
		</section>
	);
}

function Fact({ f, t }) {
	return (
		<li class="fact">
			<details>
				<summary>
					<span class="fact-field mono">{f.field}</span>
					<span class="fact-value mono text">{f.value ?? '–'}</span>
					<span class="fact-claims">
						{grouped(f.claims ?? []).map((c, i) => <Claim key={i} c={c} t={t} />)}
					</span>
				</summary>
				<div class="fact-body">
					{f.hex && <Octets hex={f.hex} at={f.at} label={t('drawer.octets',
						{ at: t.n(f.at) })} />}
					<dl class="facts small">
						<dt>{t('drawer.where')}</dt>
						<dd class="text">{t('drawer.where_value', { unit: f.unit,
							place: f.place, source: f.source, at: f.at })}
						<br /><span class="mono">{f.source_name}</span></dd>
						<dt>{t('drawer.hash')}</dt>
						<dd class="mono text">{f.sha256 ?? '–'}</dd>
						<dt>{t('drawer.claims')}</dt>
						<dd>{(f.claims ?? []).map((c, i) => (
							<p key={i} class="text">{c.what}{' '}
								<strong>{c.value ?? c.maker ?? '–'}</strong>{' '}
								<span class="quiet">{t('drawer.grade', { grade: c.grade })},{' '}
									{t('drawer.rule', { rule: c.rule })},{' '}
									{t('drawer.group', { group: c.group })}
									{c.lowered && `, ${t('drawer.lowered')}`}</span></p>
						))}</dd>
					</dl>
					<p class="quiet small">{t('drawer.heard', { n: f.count ?? 1 })} ·{' '}
						{t('drawer.scope', { scope: f.scope, reach: f.reach })} ·{' '}
						{t.word('origin', f.origin)}
						{f.settable && <> · {t('drawer.settable')}</>}</p>
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
			<span class="text">{c.what} {c.value ?? c.maker}</span>{' '}
			<b title={t('drawer.grade', { grade: c.grade })}>{c.grade}</b>
		</span>
	);
}

