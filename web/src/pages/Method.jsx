// SPDX-License-Identifier: ISC
// How the answer was reached, and how somebody else reaches it again.
import licences from 'made:licences';
import { Command } from '../parts/Command.jsx';
import { Table } from '../parts/Table.jsx';
import { Quote } from './Evidence.jsx';
import { instant } from '../core/words.js';

const ON_PAPER = 60,
	ON_SCREEN = 300;

export function Method({ pack, boot, t, print }) {
	const limit = print ? ON_PAPER : ON_SCREEN;
	return (
		<>
			<section aria-labelledby="np-again">
				<h2 id="np-again">{t('method.reproduce')}</h2>
				<p class="quiet">{t('method.reproduce_why')}</p>
				{(pack.reproduce ?? []).map((line) => (
					<Command key={line} t={t} text={line} />
				))}
				<dl class="facts">
					<dt>{t('method.program')}</dt>
					<dd class="text">{pack.program}</dd>
					{pack.seal?.root && (
						<>
							<dt>{t('verdict_page.root')}</dt>
							<dd class="mono text">{pack.seal.root}</dd>
						</>
					)}
					{pack.knowledge_sha256 && (
						<>
							<dt>{t('method.knowledge')}</dt>
							<dd class="mono text">{pack.knowledge_sha256}</dd>
						</>
					)}
				</dl>
			</section>
			{pack.confirmed && (
				<section aria-labelledby="np-confirmed">
					<h2 id="np-confirmed">{t('method.confirmed')}</h2>
					<p class="measure" lang="en">
						{pack.confirmed}
					</p>
				</section>
			)}
			<Shown shown={pack.shown ?? []} boot={boot} t={t} />
			<Policies policies={pack.policies ?? []} t={t} />
			<section aria-labelledby="np-sources">
				<h2 id="np-sources">{t('method.sources')}</h2>
				<Table
					t={t}
					caption={t('method.sources')}
					hidden
					limit={limit}
					rows={pack.sources ?? []}
					columns={sourceColumns(t)}
				/>
			</section>
			<section aria-labelledby="np-knowledge">
				<h2 id="np-knowledge">{t('method.knowledge')}</h2>
				<Table
					t={t}
					caption={t('method.knowledge')}
					hidden
					limit={limit}
					rows={pack.knowledge ?? []}
					columns={[
						{
							key: 'name',
							label: t('field.name'),
							head: true,
							cell: (r) => (
								<span class="text">
									{r.name}{' '}
									{r.from && r.from !== 'knowledge' && (
										<span class="quiet">{r.from}</span>
									)}
								</span>
							),
						},
						{
							key: 'date',
							label: t('method.date'),
							cell: (r) => r.date ?? '–',
						},
						{ key: 'sha256', label: t('method.hash'), cell: hash },
					]}
				/>
			</section>
			<section aria-labelledby="np-dropped">
				<h2 id="np-dropped">{t('method.dropped')}</h2>
				{pack.dropped?.length ? (
					<dl class="facts">
						{pack.dropped.map((d) => (
							<>
								<dt class="mono">{d.field}</dt>
								<dd>{t.n(d.n)}</dd>
							</>
						))}
					</dl>
				) : (
					<p class="quiet">{t('method.dropped_none')}</p>
				)}
			</section>
			{!print && <Licences t={t} />}
		</>
	);
}

// Whose work is built into this page.
function Licences({ t }) {
	return (
		<section aria-labelledby="np-licences">
			<h2 id="np-licences">{t('method.licences')}</h2>
			{licences.map((l) => (
				<details key={l.name}>
					<summary>
						{l.name} {l.version}, {l.license}
					</summary>
					<pre
						class="licence"
						lang="en"
						tabIndex={0}
						role="group"
						aria-label={l.name}>
						{l.text}
					</pre>
				</details>
			))}
		</section>
	);
}

const text = (key) => (r) => <span class="text">{r[key] ?? '–'}</span>;
const hash = (r) => <code class="text hash">{r.sha256 ?? '–'}</code>;

// How it was taken, and by what right.
function How({ r }) {
	const how = [r.tap, r.direction, r.taken_by, r.legal_basis].filter(Boolean);
	if (!how.length) return null;
	return (
		<>
			<br />
			<span class="quiet">{how.join(' · ')}</span>
		</>
	);
}

function sourceColumns(t) {
	const number = (key) => (r) => t.n(r[key]);
	return [
		{ key: 'n', label: t('method.number'), num: true },
		{
			key: 'name',
			label: t('field.name'),
			head: true,
			cell: (r) => (
				<span class="text">
					{r.name}
					<br />
					{hash(r)}
					<How r={r} />
				</span>
			),
		},
		{ key: 'kind', label: t('method.kind') },
		{ key: 'site', label: t('method.site'), cell: text('site') },
		{
			key: 'origin',
			label: t('method.origin'),
			cell: (r) => t.word('origin', r.origin),
		},
		{
			key: 'frames',
			label: t('method.frames'),
			num: true,
			cell: number('frames'),
		},
		{
			key: 'octets',
			label: t('method.octets'),
			num: true,
			cell: number('octets'),
		},
		{ key: 'first', label: t('read.span'), cell: (r) => instant(r.first) },
		{
			key: 'drops',
			label: t('method.drops'),
			num: true,
			cell: number('drops'),
		},
		{
			key: 'malformed',
			label: t('method.malformed'),
			num: true,
			cell: number('malformed'),
		},
		{
			key: 'withheld',
			label: t('method.withheld'),
			num: true,
			cell: number('withheld'),
		},
		{ key: 'status', label: t('method.state') },
	];
}

// What this file leaves out for whom it was made.
function Shown({ shown, boot, t }) {
	if (!shown.length) return null;
	const seen = shown.filter((s) => s.sees),
		not = shown.filter((s) => !s.sees);
	const list = (title, rows) =>
		rows.length > 0 && (
			<div>
				<h3>{title}</h3>
				<ul class="plainlist" lang="en">
					{rows.map((r) => (
						<li key={r.what} class="text">
							{r.says ?? r.what}
							{r.why && <span class="quiet"> – {r.why}</span>}
						</li>
					))}
				</ul>
			</div>
		);
	return (
		<section aria-labelledby="np-shown">
			<h2 id="np-shown">
				{t('method.shown', {
					audience: t.word('audience', boot.audience),
				})}
			</h2>
			<div class="pair">
				{list(t('method.seen'), seen)}
				{list(t('method.not_seen'), not)}
			</div>
		</section>
	);
}

// Addresses are shown, not linked: this page leads nowhere by itself.
function Policies({ policies, t }) {
	if (!policies.length) return null;
	return (
		<section aria-labelledby="np-policies">
			<h2 id="np-policies">{t('method.policies')}</h2>
			<ul class="policies">
				{policies.map((p) => (
					<li key={p.id}>
						<h3 class="text">{p.title}</h3>
						{p.title_native && (
							<p
								class="text quiet"
								lang={p.quote_lang ?? undefined}>
								{p.title_native}
							</p>
						)}
						<Quote law={p} t={t} />
						<p class="small text">{p.citation}</p>
						<p class="small quiet text">
							{t(
								`law.${
									p.certainty === 'primary'
										? 'primary'
										: 'secondary'
								}`,
							)}
							{p.read_on && (
								<>
									{' '}
									·{' '}
									{t('method.read_on', {
										day: t.day(p.read_on),
									})}
								</>
							)}
							{p.url && (
								<>
									{' '}
									· <span class="mono">{p.url}</span>
								</>
							)}
						</p>
					</li>
				))}
			</ul>
		</section>
	);
}
