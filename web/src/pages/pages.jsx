// SPDX-License-Identifier: ISC
// The pages in their order: which pack each draws, and whether it wants the
// table of devices beside it.
import { Map } from '../charts/Map.jsx';
import { Topology } from '../charts/Topology.jsx';
import { Flow } from '../charts/Flow.jsx';
import { Treemap } from '../charts/Treemap.jsx';
import { Burndown } from '../charts/Burndown.jsx';
import { Gantt } from '../charts/Gantt.jsx';
import { Verdict } from './Verdict.jsx';
import { Devices } from './Devices.jsx';
import { Method } from './Method.jsx';
import { Upload } from './Upload.jsx';
import { Login } from './Login.jsx';
import { PrintPage } from './Print.jsx';

export const VIEWS = {
	verdict: { Page: Verdict, pack: 'verdict' },
	map: { Page: Map, pack: 'map', devices: true, chart: true },
	topology: { Page: Topology, pack: 'topology', devices: true, chart: true },
	flow: { Page: Flow, pack: 'flow', devices: true, chart: true },
	treemap: { Page: Treemap, pack: 'treemap', devices: true, chart: true },
	burndown: { Page: Burndown, pack: 'burndown', devices: true, chart: true },
	gantt: { Page: Gantt, pack: 'gantt', devices: true, chart: true },
	devices: { Page: Devices, devices: true },
	method: { Page: Method, pack: 'method' },
	upload: { Page: Upload, live: 'POST /api/v1/captures' },
	login: { Page: Login, live: 'nobody who is in' },
	print: { Page: PrintPage, hidden: true },
};
// What a reader can turn to, given what the file or the server has for him.
export function pagesFor({ boot, live }) {
	return Object.keys(VIEWS).filter((name) => {
		const view = VIEWS[name];
		if (view.hidden) return false;
		if (live && !boot.role) return name === 'login';
		if (view.live) return live?.may(view.live) ?? false;
		if (live && !boot.packs?.length) return true;
		return boot.packs.includes(view.pack ?? 'devices');
	});
}
