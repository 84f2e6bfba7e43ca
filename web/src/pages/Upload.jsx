// SPDX-License-Identifier: ISC
// A capture is dropped here and watched while it is read.
import { useEffect, useRef, useState } from 'preact/hooks';
import { usePromise } from '../core/hooks.js';
import { Table } from '../parts/Table.jsx';

const EVERY = 700;
const OVER = ['read', 'partly', 'refused', 'failed'];
const isOver = (capture) => OVER.includes(capture.state);

// The server's list, asked again while something is being read. When the last
// is over the dossier has changed.
function useCaptures(packs) {
	const [list, set] = useState([]);
	const [round, again] = useState(0);
	const running = useRef(false);
	useEffect(() => {
		let timer = 0,
			gone = false;
		const look = async () => {
			const now = await packs.live.captures().catch(() => null);
			if (gone) return;
			if (now) set(now);
			const busy = now ? now.some((c) => !isOver(c)) : running.current;
			if (running.current && !busy) packs.stale();
			running.current = busy;
			if (busy) timer = setTimeout(look, EVERY);
		};
		look();
		return () => {
			gone = true;
			clearTimeout(timer);
		};
	}, [packs, round]);
	return [list, () => again((n) => n + 1)];
}

export function Upload({ packs, t }) {
	const [captures, again] = useCaptures(packs);
	const [sent, setSent] = useState(null);
	const [site, setSite] = useState('');
	const [over, setOver] = useState(false);

	async function send(files) {
		for (const file of files) {
			setSent({ name: file.name, share: 0 });
			try {
				await packs.live.upload(file, site, (share) =>
					setSent({ name: file.name, share }),
				);
				setSent(null);
			} catch (error) {
				setSent({ name: file.name, error: error.message });
				return;
			} finally {
				again();
			}
		}
	}
	function drop(event) {
		event.preventDefault();
		setOver(false);
		send([...event.dataTransfer.files]);
	}
	return (
		<>
			<p class="measure quiet">{t('upload.why')}</p>
			<Sites packs={packs} site={site} setSite={setSite} t={t} />
			<div
				class={`dropzone ${over ? 'is-over' : ''}`}
				onDrop={drop}
				onDragOver={(e) => {
					e.preventDefault();
					setOver(true);
				}}
				onDragLeave={() => setOver(false)}>
				<label>
					<span>{t('upload.drop')}</span>
					<input
						type="file"
						multiple
						onChange={(e) => {
							send([...e.currentTarget.files]);
							e.currentTarget.value = '';
						}}
					/>
				</label>
				<Sending sent={sent} t={t} />
			</div>
			<section aria-labelledby="np-captures">
				<h2 id="np-captures">{t('upload.jobs')}</h2>
				{captures.length ? (
					<Captures captures={captures} t={t} />
				) : (
					<p class="quiet">{t('upload.jobs_none')}</p>
				)}
			</section>
		</>
	);
}

function Sending({ sent, t }) {
	if (!sent) return <p role="status" class="unseen" />;
	if (sent.error)
		return (
			<p role="alert" class="notice text">
				{sent.name}: {sent.error}
			</p>
		);
	const text = t('upload.sending', {
		name: sent.name,
		share: t.share(sent.share),
	});
	return (
		<p role="status" class="text">
			{text}
			<progress max="1" value={sent.share} aria-label={text} />
		</p>
	);
}

// The sites that the verdict's coverage knows; none is allowed.
function Sites({ packs, site, setSite, t }) {
	const verdict = usePromise(() => packs.get('verdict'), [packs]);
	const sites = (verdict.value?.coverage ?? [])
		.map((c) => c.site)
		.filter(Boolean);
	if (!sites.length) return null;
	return (
		<p>
			<label>
				{t('upload.site')}{' '}
				<select
					value={site}
					onChange={(e) => setSite(e.currentTarget.value)}>
					<option value="">–</option>
					{sites.map((name) => (
						<option key={name} value={name}>
							{name}
						</option>
					))}
				</select>
			</label>
		</p>
	);
}

function Captures({ captures, t }) {
	return (
		<Table
			t={t}
			caption={t('upload.jobs')}
			hidden
			rows={[...captures].reverse()}
			columns={[
				{
					key: 'name',
					label: t('upload.file'),
					head: true,
					cell: (c) => <span class="text">{c.name}</span>,
				},
				{
					key: 'state',
					label: t('method.state'),
					cell: (c) => (
						<span role={isOver(c) ? undefined : 'status'}>
							{t.word('capture', c.state)}
							{!isOver(c) && c.size > 0 && (
								<progress
									max={c.size}
									value={c.octets}
									aria-label={c.name}
								/>
							)}
							{c.text && (
								<span class="quiet text"> – {c.text}</span>
							)}
						</span>
					),
				},
				{
					key: 'frames',
					label: t('method.frames'),
					num: true,
					cell: (c) => t.n(c.frames),
				},
				{
					key: 'octets',
					label: t('method.octets'),
					num: true,
					cell: (c) => t.n(c.octets),
				},
				{
					key: 'by',
					label: t('login.name'),
					cell: (c) => <span class="text">{c.by}</span>,
				},
			]}
		/>
	);
}
