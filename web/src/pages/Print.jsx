// SPDX-License-Identifier: ISC
// All pages one after another, for paper: drawn when the browser prints, and as
// the page #print, which shows on screen what paper will hold.
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { devicesIn, useIdle } from '../core/hooks.js';
import { wordsIn } from '../core/words.js';
import { Waiting } from '../parts/Waiting.jsx';
import { pagesFor, VIEWS } from './pages.jsx';

// What paper needs: every pack of every page, {name: pack} and the devices.
async function gather(packs) {
	const all = { packs: {}, table: null };
	for (const name of pagesFor(packs)) {
		const { pack } = VIEWS[name];
		if (pack) all.packs[name] = await packs.get(pack).catch(() => null);
	}
	all.table = await devicesIn(packs).catch(() => null);
	return all;
}

function Sheets({ all, packs, route, t }) {
	const { boot } = packs;
	const see = { open() {}, go() {}, set() {} };
	const { table } = all;
	const run = table?.index.run(route) ?? null;
	const filter = { active: false, state: route, rows: run?.rows ?? null,
		has: (row) => !run || run.shown[row] === 1, set() {}, see() {} };
	const names = pagesFor(packs).filter((name) => !VIEWS[name].live);
	return (
		<>
			{boot.mark && <p class="paper-mark">{boot.mark}</p>}
			<p class="paper-foot">nameplate · {boot.title} ·{' '}
				{t('frame.as_of', { day: t.day(boot.as_of) })}</p>
			{names.map((name) => {
				const { Page, pack, devices } = VIEWS[name];
				if ((pack && !all.packs[name]) || (devices && !table)) return null;
				return (
					<article key={name} class={`paper-page paper-${name}`}
						aria-label={t(`page.${name}`)}>
						<div class="title"><h1>{t(`page.${name}`)}</h1></div>
						<Page print pack={all.packs[name] ?? null} boot={boot}
							devices={table?.devices ?? null} run={run} packs={packs}
							facets={table?.index.facets ?? []} route={route} see={see}
							open={see.open} filter={filter} t={t} />
					</article>
				);
			})}
			{t.lang !== 'en' && <p class="small quiet">{t('law.unofficial')}</p>}
		</>
	);
}

export function PrintPage({ packs, route, t }) {
	const [all, set] = useState(null);
	useEffect(() => { gather(packs).then(set); }, [packs]);
	if (!all) return <Waiting t={t} />;
	return (
		<>
			<p><button type="button" class="primary" onClick={() => window.print()}>
				{t('print.page')}</button></p>
			<Sheets all={all} packs={packs} route={route} t={t} />
		</>
	);
}

// Fetched while the reader looks at the first page, so that printing, which
// does not wait, finds all of it.
function Ahead({ packs, ready }) {
	const idle = useIdle();
	useEffect(() => {
		if (idle && !packs.live) gather(packs).then(ready);
	}, [idle]);
	return null;
}

export function printing(root, packs, router) {
	let all = null;
	const ahead = () => render(<Ahead packs={packs} ready={(got) => {
		all = got;
	}} />, root);
	ahead();
	window.addEventListener('beforeprint', () => {
		const route = router.get();
		const t = wordsIn(route.lang ?? packs.boot.lang ?? 'en');
		if (all) render(<Sheets all={all} packs={packs} route={route} t={t} />, root);
	});
	window.addEventListener('afterprint', ahead);
}
