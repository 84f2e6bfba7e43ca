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
	upload: { Page: Upload, live: true },
	login: { Page: Login, live: true },
	print: { Page: PrintPage, hidden: true },
};
// What a reader can turn to, given what the file holds.
export function pagesFor(boot) {
	return Object.keys(VIEWS).filter((name) => {
		const { pack, devices, live, hidden } = VIEWS[name];
		if (hidden || name === 'login') return false;
		if (live) return boot.live && boot.role && boot.role !== 'viewer';
		if (boot.live && !boot.packs?.length) return true;
		return boot.packs.includes(pack ?? (devices ? 'devices' : name));
	});
}
