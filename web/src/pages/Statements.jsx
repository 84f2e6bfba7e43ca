// SPDX-License-Identifier: ISC
// What persons state of a device; and, where a server asks for it and the role
// allows it, the way to state something.
import { useState } from 'preact/hooks';
import { OPEN } from '../core/filter.js';

export function Statements({ known, live, packs, t }) {
	const said = known.statements ?? [];
	return (
		<section aria-labelledby="np-said">
			<h3 id="np-said">{t('drawer.statements')}</h3>
			{!said.length && <p class="quiet">{t('drawer.statements_none')}</p>}
			<ul class="said">
				{said.map((s, i) => (
					<Statement key={i} s={s} t={t} />
				))}
			</ul>
			{live && <Stating known={known} packs={packs} t={t} />}
		</section>
	);
}

function Statement({ s, t }) {
	return (
		<li class="text">
			<p>
				<strong>{t.word('statement', s.kind)}</strong>{' '}
				{s.fact && (
					<span class="mono">
						{s.fact} = {s.value}
					</span>
				)}{' '}
				{s.clause && <span class="mono quiet">{s.clause}</span>}
			</p>
			{s.because && <p>{s.because}</p>}
			{s.authority && (
				<p>{[s.authority, s.citation].filter(Boolean).join(', ')}</p>
			)}
			<p class="quiet small">
				{[
					s.by,
					s.key && t('statement.key', { key: s.key }),
					s.grade && t('drawer.grade', { grade: s.grade }),
					s.on &&
						t('statement.span', {
							on: s.on,
							until: s.until ?? '–',
						}),
				]
					.filter(Boolean)
					.join(' · ')}
			</p>
			{s.effect && (
				<p class="small" lang="en">
					{s.effect}
				</p>
			)}
		</li>
	);
}

const KINDS = ['attest', 'dispute', 'waive'];
const GRADES = ['A1', 'A2', 'B1', 'B2', 'B3', 'C2', 'C3', 'D4', 'E5', 'F6'];

// Buttons by role, each opens its form.
function Stating({ known, packs, t }) {
	const [kind, setKind] = useState(null);
	const [told, setTold] = useState(null);
	const open = (known.findings ?? []).filter((f) => OPEN.includes(f.status));
	const may = KINDS.filter(
		(k) => packs.live.states(k) && (k === 'attest' || open.length),
	);
	if (!may.length) return null;

	async function send(event) {
		event.preventDefault();
		const form = Object.fromEntries(new FormData(event.currentTarget));
		try {
			await packs.live.state({ kind, ...form });
			setKind(null);
			setTold({ good: t('drawer.sent') });
			packs.forget();
		} catch (error) {
			setTold({ bad: t('drawer.not_sent', { why: error.message }) });
		}
	}
	return (
		<>
			<div class="buttons">
				{may.map((k) => (
					<button
						key={k}
						type="button"
						aria-expanded={kind === k}
						onClick={() => {
							setKind(kind === k ? null : k);
							setTold(null);
						}}>
						{t(`drawer.${k}`)}
					</button>
				))}
			</div>
			{kind && (
				<Form
					kind={kind}
					id={known.id}
					open={open}
					t={t}
					onSubmit={send}
					onCancel={() => setKind(null)}
				/>
			)}
			<p
				role="status"
				class={told?.good ? 'notice notice-good' : 'unseen'}>
				{told?.good}
			</p>
			<p role="alert" class={told?.bad ? 'notice text' : 'unseen'}>
				{told?.bad}
			</p>
		</>
	);
}

function Form({ kind, id, open, t, onSubmit, onCancel }) {
	const finding = kind !== 'attest';
	return (
		<form class="stating" onSubmit={onSubmit}>
			{finding ? (
				<label>
					<span>{t('statement.about')}</span>
					<select name="about">
						{open.map((f) => (
							<option key={f.clause} value={`${id}/${f.clause}`}>
								{f.clause}
							</option>
						))}
					</select>
				</label>
			) : (
				<>
					<input type="hidden" name="about" value={id} />
					<label>
						<span>{t('statement.fact')}</span>
						<input
							name="fact"
							list="np-facts"
							required
							maxLength={64}
							pattern="[a-z0-9_]+"
						/>
					</label>
					<datalist id="np-facts">
						<option value="maker" />
						<option value="obtained" />
						<option value="function" />
						<option value="management_function" />
					</datalist>
					<label>
						<span>{t('drawer.value')}</span>
						<input name="value" required maxLength={200} />
					</label>
				</>
			)}
			<label>
				<span>{t('drawer.reason')}</span>
				<textarea name="because" required maxLength={2000} />
			</label>
			<label>
				<span>{t('statement.grade')}</span>
				<select name="grade" defaultValue="F6">
					{GRADES.map((g) => (
						<option key={g} value={g} selected={g === 'F6'}>
							{g}
						</option>
					))}
				</select>
			</label>
			<div class="pairfields">
				<label>
					<span>{t('statement.on')}</span>
					<input name="on" type="date" />
				</label>
				<label>
					<span>{t('statement.until')}</span>
					<input
						name="until"
						type="date"
						required={kind === 'waive'}
					/>
				</label>
			</div>
			{kind === 'waive' && (
				<>
					<label>
						<span>{t('statement.authority')}</span>
						<input name="authority" required maxLength={200} />
					</label>
					<label>
						<span>{t('statement.citation')}</span>
						<input name="citation" maxLength={200} />
					</label>
				</>
			)}
			<div class="buttons">
				<button type="submit" class="primary">
					{t('drawer.send')}
				</button>
				<button type="button" onClick={onCancel}>
					{t('drawer.cancel')}
				</button>
			</div>
		</form>
	);
}
