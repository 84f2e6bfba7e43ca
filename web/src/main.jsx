// SPDX-License-Identifier: ISC
import { render } from 'preact';
import { App } from './App.jsx';
import { packsOf } from './core/pack.js';
import { routerOf, toLogin } from './core/route.js';
import { printing } from './pages/Print.jsx';

const packs = packsOf(document);
const router = routerOf(window);

// A server is asked first who is reading; a stranger is shown the door.
async function begin() {
	const route = router.get();
	const lang = route.lang ?? packs.boot.lang ?? 'en';
	if (packs.live) {
		const who = await packs.live.enter(lang).catch(() => null);
		if (!packs.know(who)) router.go(toLogin(route), true);
	}
	render(
		<App packs={packs} router={router} />,
		document.getElementById('np-page'),
	);
	printing(document.getElementById('np-print'), packs, router);
}
begin();
