// SPDX-License-Identifier: ISC
import { render } from 'preact';
import { App } from './App.jsx';
import { packsOf } from './core/pack.js';
import { routerOf } from './core/route.js';
import { printing } from './pages/Print.jsx';

const packs = packsOf(document);
const router = routerOf(window);

// A server is asked first who is reading; a stranger is shown the door.
async function begin() {
	if (packs.live && !packs.know(await packs.live.enter().catch(() => null))) {
		router.go({ ...router.get(), page: 'login' }, true);
	}
	render(
		<App packs={packs} router={router} />,
		document.getElementById('np-page'),
	);
	printing(document.getElementById('np-print'), packs, router);
}
begin();
