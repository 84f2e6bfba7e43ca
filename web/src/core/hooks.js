// SPDX-License-Identifier: ISC
import { useEffect, useMemo, useState } from 'preact/hooks';
import { devicesOf } from './column.js';
import { indexOf } from './filter.js';

export function useRoute(router) {
	const [route, set] = useState(router.get());
	useEffect(() => router.listen(set), [router]);
	return route;
}

// {value, error} of what make() promises; asked again when a key changes.
export function usePromise(make, keys) {
	const [state, set] = useState({ keys: null, value: null, error: null });
	useEffect(() => {
		let stale = false;
		Promise.resolve().then(make).then(
			(value) => stale || set({ keys, value, error: null }),
			(error) => stale || set({ keys, value: null, error }));
		return () => { stale = true; };
	}, keys);
	const same = state.keys && state.keys.every((k, i) => k === keys[i]);
	return same ? state : { value: null, error: null };
}

// One table of devices and one index over it a set of packs.
const tables = new WeakMap();

export function devicesIn(packs) {
	return packs.get('devices').then((pack) => {
		if (!tables.has(pack)) {
			const devices = devicesOf(pack);
			tables.set(pack, { devices, index: indexOf(devices) });
		}
		return tables.get(pack);
	});
}

// What the filter in the address leaves; null while devices are not there.
export function useFilter(table, route) {
	return useMemo(() => table?.index.run(route) ?? null, [table, route]);
}

// True once the browser has shown a frame and is idle.
export function useIdle() {
	const [idle, set] = useState(false);
	useEffect(() => {
		const later = globalThis.requestIdleCallback ?? ((f) => setTimeout(f, 200));
		later(() => set(true), { timeout: 2000 });
	}, []);
	return idle;
}
