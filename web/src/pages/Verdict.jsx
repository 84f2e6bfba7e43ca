// SPDX-License-Identifier: ISC
// The first page: what may be said, in the order in which it may be said.
import { OPEN, STATUSES, VERDICTS } from '../core/filter.js';
import { instant } from '../core/words.js';
import { Legend, StackBar } from '../parts/Bars.jsx';
import { Command } from '../parts/Command.jsx';
import { Shape } from '../parts/Mark.jsx';
import { Coverage } from './Coverage.jsx';

export function Verdict({ pack, boot, see, print, t }) {
	return (
		<>
			<Opening pack={pack} t={t} />
			<Counted pack={pack} see={see} t={t} />
			<Laws laws={pack.laws ?? []} see={see} print={print} t={t} />
			<Coverage
				rows={pack.coverage ?? []}
				see={see}
				print={print}
				t={t}
			/>
			<Actions actions={pack.actions ?? []} t={t} />
			<div class="pair">
				<Read read={pack.read} boot={boot} t={t} />
				<Limits limits={pack.limits ?? []} t={t} />
			</div>
		</>
	);
}

// The sentences are chosen and come as they are, in their own language.
function Opening({ pack, t }) {
	return (
		<section class="opening" aria-label={t('page.verdict')}>
			<div>
				<div lang="en">
					{pack.opening.map((s, i) => (
						<p key={i} class="lead text">
							{s}
						</p>
					))}
				</div>
				<Translated sentences={pack.opening} t={t} />
			</div>
			<Seal
				seal={pack.seal}
				as_of={pack.as_of}
				operator={pack.operator}
				t={t}
			/>
		</section>
	);
}

// The fixed sentence in the reader's language beside its wording; others come
// without.
function Translated({ sentences, t }) {
	if (t.lang === 'en' || sentences.join(' ') !== t.english('opening.fixed')) {
		return null;
	}
	return (
		<p class="translated">
			{t('opening.fixed')}{' '}
			<span class="label">{t('law.translation')}</span>
		</p>
	);
}

function Seal({ seal, as_of, operator, t }) {
	const signed = seal?.sealed && seal.holds && seal.signers?.length > 0;
	const broken = seal?.sealed && seal.holds === false;
	return (
		<div class={`seal ${signed ? 'seal-signed' : 'seal-draft'}`}>
			<p class="seal-state">
				{signed
					? t('verdict_page.signed')
					: broken
						? t('verdict_page.broken')
						: t('verdict_page.draft')}
			</p>
			<p class="text">{operator}</p>
			<p class="quiet">{t('frame.as_of', { day: t.day(as_of) })}</p>
			{signed &&
				seal.signers.map((s) => (
					<p key={s.key} class="text small">
						{t('verdict_page.signed_by', {
							key: s.key,
							day: t.day(s.on),
						})}
					</p>
				))}
			{seal?.root && (
				<p class="small">
					<span class="label">{t('verdict_page.root')}</span>
					<code class="text">{seal.root}</code>
				</p>
			)}
		</div>
	);
}

function Counted({ pack, see, t }) {
	const { devices } = pack;
	const parts = VERDICTS.map((key) => ({ key, n: devices[key] ?? 0 }));
	return (
		<section aria-labelledby="np-sure">
			<h2 id="np-sure">{t('verdict_page.how_sure')}</h2>
			<div class="counted">
				<p class="figure">
					<strong>{t.n(devices.n)}</strong>{' '}
					{t('verdict_page.devices', { n: devices.n })}
				</p>
				<div>
					<StackBar parts={parts} />
					<Legend
						t={t}
						parts={parts}
						kind="verdict"
						onChoose={
							see.devices &&
							((key) => see.devices({ verdict: [key] }))
						}
					/>
					{devices.subscribers > 0 && (
						<p class="quiet small">
							{t('verdict_page.subscribers', {
								n: devices.subscribers,
							})}
						</p>
					)}
				</div>
			</div>
		</section>
	);
}

// Laws that reach a device or may reach one; the rest only by name.
function Laws({ laws, see, print, t }) {
	const reaches = (law) =>
		OPEN.reduce((rank, key) => rank * 1e4 + (law.counts[key] ?? 0), 0);
	const sorted = [...laws].sort((a, b) => reaches(b) - reaches(a));
	const open = sorted.filter(reaches);
	const rest = sorted.filter((law) => !reaches(law));
	const most = Math.max(1, ...open.map(sum));
	return (
		<section aria-labelledby="np-laws">
			<h2 id="np-laws">{t('verdict_page.laws')}</h2>
			{!laws.length && <p>{t('verdict_page.laws_none')}</p>}
			<ul class="laws">
				{open.map((law) => (
					<Law
						key={law.policy}
						law={law}
						most={most}
						see={see}
						t={t}
					/>
				))}
			</ul>
			{rest.length > 0 && (
				<details class="laws-rest" open={print || !open.length}>
					<summary>
						{t('verdict_page.laws_rest', { n: rest.length })}
					</summary>
					<ul class="laws">
						{rest.map((law) => (
							<Law
								key={law.policy}
								law={law}
								most={most}
								see={see}
								t={t}
							/>
						))}
					</ul>
				</details>
			)}
		</section>
	);
}

const sum = (law) => Object.values(law.counts).reduce((a, b) => a + b, 0);

function Law({ law, most, see, t }) {
	const parts = STATUSES.filter((key) => law.counts[key]).map((key) => ({
		key,
		n: law.counts[key],
	}));
	const share = Math.max(4, (sum(law) / most) * 100);
	return (
		<li class="law">
			<div class="law-name">
				<span class="place">{law.jurisdiction}</span>
				<h3 class="text">{law.title}</h3>
				{law.title_native && (
					<p class="quiet small text">{law.title_native}</p>
				)}
				{law.elsewhere && <p class="small">{t('law.elsewhere')}</p>}
				{law.certainty === 'secondary' && (
					<p class="small quiet" title={t('law.secondary_why')}>
						{t('law.secondary')}
					</p>
				)}
			</div>
			<div class="law-counts">
				<div style={{ width: `${share}%` }}>
					<StackBar parts={parts} high={10} />
				</div>
				<Legend
					t={t}
					parts={parts}
					kind="status"
					onChoose={
						see.devices &&
						((key) =>
							see.devices({ law: [`${law.policy}=${key}`] }))
					}
				/>
			</div>
			<p class="law-date">
				{law.next_date && (
					<>
						<span class="label">{t('verdict_page.next_date')}</span>
						<strong>{t.day(law.next_date)}</strong>
						<span class="quiet">{t.days(law.days)}</span>
					</>
				)}
			</p>
		</li>
	);
}

function Actions({ actions, t }) {
	if (!actions.length) return null;
	return (
		<section aria-labelledby="np-next">
			<h2 id="np-next">{t('verdict_page.actions')}</h2>
			<ol class="actions">
				{actions.map((a, i) => (
					<li key={i}>
						<div>
							<h3 class="text" lang="en">
								{a.text}
							</h3>
							<p class="quiet text" lang="en">
								{a.why}
							</p>
							{a.command && <Command t={t} text={a.command} />}
						</div>
					</li>
				))}
			</ol>
		</section>
	);
}

function Read({ read, t }) {
	if (!read) return null;
	const origins = Object.entries(read.origins ?? {}).filter(([, n]) => n > 0);
	return (
		<section aria-labelledby="np-read">
			<h2 id="np-read">{t('verdict_page.read')}</h2>
			<dl class="facts">
				<dt>{t('read.sources')}</dt>
				<dd>{t.n(read.sources)}</dd>
				<dt>{t('read.frames')}</dt>
				<dd>{t.n(read.frames)}</dd>
				<dt>{t('read.octets')}</dt>
				<dd>{t.n(read.octets)}</dd>
				{read.first && (
					<>
						<dt>{t('read.span')}</dt>
						<dd>
							{t('read.span_value', {
								first: instant(read.first),
								last: instant(read.last),
							})}
						</dd>
					</>
				)}
				<dt>{t('read.origins')}</dt>
				<dd>
					{origins
						.map(
							([name, n]) =>
								`${t.word('origin', name)} ${t.n(n)}`,
						)
						.join(', ') || '–'}
				</dd>
				<dt>{t('read.withheld')}</dt>
				<dd>{t.n(read.withheld)}</dd>
				<dt>{t('read.unreadable')}</dt>
				<dd>{t.n(read.unreadable)}</dd>
				<dt>{t('read.evidence')}</dt>
				<dd>
					{t(
						read.evidence
							? 'read.evidence_yes'
							: 'read.evidence_no',
					)}
				</dd>
			</dl>
		</section>
	);
}

function Limits({ limits, t }) {
	if (!limits.length) return null;
	return (
		<section aria-labelledby="np-limits">
			<h2 id="np-limits">{t('verdict_page.limits')}</h2>
			<ul class="limits" lang="en">
				{limits.map((s, i) => (
					<li key={i}>
						<Shape kind="no_rule" /> <span>{s}</span>
					</li>
				))}
			</ul>
		</section>
	);
}
