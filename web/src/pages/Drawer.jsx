// SPDX-License-Identifier: ISC
// What is known of one device, down to the octet, beside what it was drawn from.
import { useEffect, useRef } from 'preact/hooks';
import { devicesIn, useFilter, usePromise } from '../core/hooks.js';
import { Evidence } from './Evidence.jsx';
import { Waiting } from '../parts/Waiting.jsx';
import { nameOf } from './Devices.jsx';

export function Drawer({ packs, version, route, router, t }) {
	const id = route.open;
	const table = usePromise(() => devicesIn(packs), [packs], version);
	const run = useFilter(table.value, route);
	const devices = table.value?.devices;
	const row = devices ? devices.rowOf(id) : -1;
	// What it refers to (clauses, sources) stands once, in the method's pack.
	const known = usePromise(
		async () =>
			row < 0
				? null
				: {
						about: await packs.device(
							id,
							row,
							devices.get(row, 'evidence') ?? -1,
						),
						refer: packs.holds('method')
							? await packs.get('method').catch(() => null)
							: null,
					},
		[packs, id, row],
		version,
	);
	useShown(packs, id, known.value);
	const box = useRef(),
		from = useRef(null);

	const close = () => {
		const { open, ...rest } = router.get();
		router.go(rest);
	};
	// The keyboard goes to the drawer and comes back to where it was.
	useEffect(() => {
		from.current = document.activeElement;
		box.current.focus();
		return () => from.current?.isConnected && from.current.focus();
	}, []);
	useEffect(() => {
		const key = (event) => {
			if (event.key === 'Escape') close();
		};
		document.addEventListener('keydown', key);
		return () => document.removeEventListener('keydown', key);
	}, []);

	const name = row >= 0 ? nameOf(devices, row) : id;
	return (
		<div
			class="drawer"
			ref={box}
			tabIndex={-1}
			role="dialog"
			aria-label={t('drawer.label', { name })}>
			<div class="drawer-bar">
				<Turn
					devices={devices}
					run={run}
					row={row}
					router={router}
					t={t}
				/>
				<button type="button" onClick={close}>
					{t('drawer.close')}
					<span aria-hidden="true"> ×</span>
				</button>
			</div>
			{table.error || known.error ? (
				<p class="notice" role="alert">
					{t('state.failed')}
				</p>
			) : !devices ? (
				<Waiting t={t} />
			) : row < 0 ? (
				<p class="notice">{t('drawer.absent')}</p>
			) : (
				<Evidence
					key={id}
					devices={devices}
					row={row}
					waiting={!known.value}
					known={known.value?.about}
					refer={known.value?.refer}
					packs={packs}
					t={t}
				/>
			)}
		</div>
	);
}

// Paper shows the device that is open too, and does not wait for it.
function useShown(packs, id, known) {
	useEffect(() => {
		packs.shown = known && { id, ...known };
		return () => {
			packs.shown = null;
		};
	}, [packs, id, known]);
}

// The devices before and after, in the order and filter of the address.
function Turn({ devices, run, row, router, t }) {
	if (!run || row < 0) return <span />;
	const at = run.rows.indexOf(row);
	const to = (i) => {
		const next = run.rows[i];
		return next === undefined || at < 0
			? null
			: () =>
					router.go(
						{ ...router.get(), open: devices.get(next, 'id') },
						true,
					);
	};
	return (
		<div class="turn">
			<button
				type="button"
				disabled={!to(at - 1)}
				onClick={to(at - 1)}
				aria-label={t('drawer.before')}>
				←
			</button>
			<button
				type="button"
				disabled={!to(at + 1)}
				onClick={to(at + 1)}
				aria-label={t('drawer.after')}>
				→
			</button>
		</div>
	);
}
