// SPDX-License-Identifier: ISC
// The page around the pages: mark, navigation, one page, the drawer.
import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { devicesIn, useFilter, usePromise, useRoute } from './core/hooks.js';
import { turned } from './core/route.js';
import { wordsIn } from './core/words.js';
import { Frame } from './parts/Frame.jsx';
import { Guard } from './parts/Guard.jsx';
import { Failure, Waiting } from './parts/Waiting.jsx';
import { Drawer } from './pages/Drawer.jsx';
import { VIEWS } from './pages/pages.jsx';

export function App({ packs, router }) {
	const route = useRoute(router);
	const lang = route.lang ?? packs.boot.lang ?? 'en';
	const t = useMemo(() => wordsIn(lang), [lang]);
	const [version, again] = useReducer((n) => n + 1, 0);
	useEffect(() => packs.listen(again), [packs]);
	// A server says whose page this is in the reader's language.
	const said = useRef(lang);
	useEffect(() => {
		if (!packs.live || !packs.boot.role || said.current === lang) return;
		said.current = lang;
		packs.live.enter(lang).then(
			(who) => {
				packs.boot.mark = who.boot?.mark ?? packs.boot.mark;
				again();
			},
			() => {},
		);
	}, [lang]);
	const heading = useRef();
	const first = useRef(true);

	useEffect(() => {
		document.documentElement.lang = t.lang;
	}, [t]);
	useEffect(() => {
		document.title = `${t(`page.${route.page}`)} – ${
			packs.boot.title ?? 'nameplate'
		}`;
	}, [route.page, t]);
	// A new page is announced from its heading; the first is read anyway.
	useEffect(() => {
		if (!first.current) heading.current?.focus();
		first.current = false;
	}, [route.page]);

	const see = useSee(router, packs);
	const view = VIEWS[route.page];
	return (
		<Frame
			packs={packs}
			route={route}
			router={router}
			t={t}
			heading={heading}>
			<Guard key={route.page} t={t}>
				<Page
					view={view}
					packs={packs}
					version={version}
					route={route}
					router={router}
					see={see}
					t={t}
				/>
			</Guard>
			{route.open && route.page !== 'login' && (
				<Guard t={t}>
					<Drawer
						version={version}
						packs={packs}
						route={route}
						router={router}
						t={t}
					/>
				</Guard>
			)}
		</Frame>
	);
}

// open(id): the drawer; go(page, rest): another page; set(rest): here; devices
// is go() to the devices with a filter, or null where this reader has none.
function useSee(router, packs) {
	return useMemo(() => {
		const go = (page, rest) => router.go(turned(router.get(), page, rest));
		return {
			go,
			open: (id) => router.go({ ...router.get(), open: id }),
			set: (rest, replace) =>
				router.go({ ...router.get(), ...rest }, replace),
			get devices() {
				return packs.holds('devices')
					? (rest) => go('devices', rest)
					: null;
			},
		};
	}, [router, packs]);
}

function Page({ view, packs, version, route, router, see, t }) {
	const held = !view.pack || packs.holds(view.pack);
	const pack = usePromise(
		() => (view.pack && held ? packs.get(view.pack) : null),
		[view, held, packs],
		version,
	);
	// Charts are drawn without the devices where this reader has none.
	const wants = view.devices && (!view.pack || packs.holds('devices'));
	const table = usePromise(
		() => (wants && packs.holds('devices') ? devicesIn(packs) : null),
		[wants, packs],
		version,
	);
	const run = useFilter(table.value, route);
	const error = pack.error ?? table.error;

	if (!held || (wants && !packs.holds('devices'))) {
		return <p class="notice">{t('state.not_for')}</p>;
	}
	if (error)
		return <Failure error={error} t={t} packs={packs} router={router} />;
	if ((view.pack && !pack.value) || (wants && !table.value)) {
		return <Waiting t={t} />;
	}
	return (
		<view.Page
			pack={pack.value}
			devices={table.value?.devices ?? null}
			run={run}
			facets={table.value?.index.facets ?? []}
			boot={packs.boot}
			packs={packs}
			route={route}
			router={router}
			see={see}
			t={t}
			open={see.open}
		/>
	);
}
