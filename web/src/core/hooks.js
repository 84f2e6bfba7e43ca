// SPDX-License-Identifier: ISC
import { useEffect, useMemo, useState } from 'preact/hooks';
import { devicesOf } from './column.js';
import { indexOf } from './filter.js';

export function useRoute(router) {
	const [route, set] = useState(router.get());
	useEffect(() => router.listen(set), [router]);
	return route;
}

// {value, error} of what make() promises; asked again when a key changes, and
// when the version does: then what was there is shown until the new is.
export function usePromise(make, keys, version) {
	const [state, set] = useState({ keys: null, value: null, error: null });
	useEffect(() => {
		let stale = false;
		Promise.resolve()
			.then(make)
			.then(
				(value) => stale || set({ keys, value, error: null }),
				(error) => stale || set({ keys, value: null, error }),
			);
		return () => {
			stale = true;
		};
	}, [...keys, version]);
	const same = state.keys && state.keys.every((k, i) => k === keys[i]);
	return same ? state : { value: null, error: null };
}

// One table of devices and one index over it a set of packs.
const tables = new WeakMap();

export function devicesIn(packs) {
	return packs.get('devices').then((pack) => {
		if (!tables.has(pack)) {
			const devices = devicesOf(pack);
			const index = indexOf(devices);
			tables.set(pack, { devices, index });
			whenIdle(index.warm);
		}
		return tables.get(pack);
	});
}

// What the filter in the address leaves; null while devices are not there.
export function useFilter(table, route) {
	return useMemo(() => table?.index.run(route) ?? null, [table, route]);
}

// Once the browser has shown a frame and has nothing to do.
export function whenIdle(f) {
	const later = globalThis.requestIdleCallback ?? ((g) => setTimeout(g, 200));
	later(() => f(), { timeout: 2000 });
}
