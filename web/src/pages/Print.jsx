// SPDX-License-Identifier: ISC
// All pages one after another, for paper: drawn when the browser prints, and as
// the page #print, which shows on screen what paper will hold.
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { devicesIn, whenIdle } from '../core/hooks.js';
import { wordsIn } from '../core/words.js';
import { Guard } from '../parts/Guard.jsx';
import { Waiting } from '../parts/Waiting.jsx';
import { Evidence } from './Evidence.jsx';
import { pagesFor, VIEWS } from './pages.jsx';

// What paper needs: every pack of every page, {name: pack} and the devices.
async function gather(packs) {
	const all = { packs: {}, table: null };
	for (const name of pagesFor(packs)) {
		const { pack } = VIEWS[name];
		if (pack) all.packs[name] = await packs.get(pack).catch(() => null);
	}
	if (packs.holds('devices')) {
		all.table = await devicesIn(packs).catch(() => null);
	}
	return all;
}

function Sheets({ all, packs, route, t }) {
	const { boot } = packs;
	const see = { open() {}, go() {}, set() {}, devices: null };
	const { table } = all;
	const run = table?.index.run(route) ?? null;
	const names = pagesFor(packs).filter((name) => !VIEWS[name].live);
	return (
		<>
			{names.map((name) => {
				const { Page, pack, devices } = VIEWS[name];
				if (pack ? !all.packs[name] : devices && !table) return null;
				return (
					<Sheet key={name} name={name} boot={boot} t={t}>
						<Page
							print
							pack={all.packs[name] ?? null}
							boot={boot}
							devices={table?.devices ?? null}
							run={run}
							packs={packs}
							facets={table?.index.facets ?? []}
							route={route}
							see={see}
							open={see.open}
							t={t}
						/>
					</Sheet>
				);
			})}
			<Opened packs={packs} devices={table?.devices} boot={boot} t={t} />
		</>
	);
}

// The device whose evidence is open.
function Opened({ packs, devices, boot, t }) {
	const { id, about, refer } = packs.shown ?? {};
	const row = devices && id ? devices.rowOf(id) : -1;
	if (row < 0) return null;
	return (
		<Sheet name="evidence" boot={boot} t={t}>
			<Evidence
				print
				devices={devices}
				row={row}
				known={about}
				refer={refer}
				packs={packs}
				t={t}
			/>
		</Sheet>
	);
}

// A page of the report on as many of paper as it needs. Browsers repeat the head
// and the foot of a table on each, and nothing else alike in all of them.
function Sheet({ name, boot, t, children }) {
	return (
		<article
			class={`paper-page paper-${name}`}
			aria-label={t(`page.${name}`)}>
			<table class="paper" role="presentation">
				<thead>
					<tr>
						<td class="paper-mark">{boot.mark}</td>
					</tr>
				</thead>
				<tbody>
					<tr>
						<td>
							<div class="title">
								<h1>{t(`page.${name}`)}</h1>
								<p class="quiet text">{boot.title}</p>
							</div>
							<Guard t={t}>{children}</Guard>
						</td>
					</tr>
				</tbody>
				<tfoot>
					<tr>
						<td class="paper-foot">
							nameplate ·{' '}
							{t('frame.as_of', { day: t.day(boot.as_of) })}{' '}
							{t.lang !== 'en' && t('law.unofficial')}
						</td>
					</tr>
				</tfoot>
			</table>
		</article>
	);
}

export function PrintPage({ packs, route, t }) {
	const [all, set] = useState(null);
	useEffect(() => {
		gather(packs).then(set);
	}, [packs]);
	if (!all) return <Waiting t={t} />;
	return (
		<>
			<p>
				<button
					type="button"
					class="primary"
					onClick={() => window.print()}>
					{t('print.page')}
				</button>
			</p>
			<Sheets all={all} packs={packs} route={route} t={t} />
		</>
	);
}

// What a file holds is read ahead while the reader looks at the first page, so
// that printing, which does not wait, finds all of it.
export function printing(root, packs, router) {
	let all = null;
	if (!packs.live) {
		whenIdle(() =>
			gather(packs).then((got) => {
				all = got;
			}),
		);
	}
	window.addEventListener('beforeprint', () => {
		const route = router.get();
		const t = wordsIn(route.lang ?? packs.boot.lang ?? 'en');
		if (all)
			render(
				<Sheets all={all} packs={packs} route={route} t={t} />,
				root,
			);
	});
	window.addEventListener('afterprint', () => render(null, root));
}
