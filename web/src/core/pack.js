// SPDX-License-Identifier: ISC
// What the page shows comes in packs: embedded in the file, deflated, or by
// fetch from the server. Either way a pack is asked for once.
import { unzlibSync } from 'fflate';
import { liveOf } from './live.js';

const SCHEMA = 'nameplate.view/1';

function octetsOf(base64) {
	if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
	const text = atob(base64.trim());
	const octets = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) octets[i] = text.charCodeAt(i);
	return octets;
}

// The text of a zlib stream, by the browser where it can.
export async function inflated(octets) {
	if (typeof DecompressionStream === 'function') {
		const stream = new Blob([octets])
			.stream()
			.pipeThrough(new DecompressionStream('deflate'));
		return new Response(stream).text();
	}
	return new TextDecoder().decode(unzlibSync(octets));
}

function checked(pack, name) {
	if (pack?.schema !== SCHEMA) throw new Error(`${name}: not ${SCHEMA}`);
	return pack;
}

// A device of a pack of evidence: what many have in common stands once, in the
// pack's tables.
export function unfolded(device, tables) {
	if (!tables) return device;
	return {
		...device,
		findings: device.findings.map((i) => tables.finding[i]),
		facts: device.facts.map((fact) => ({
			...tables.fact[fact.is],
			...fact,
			claims: fact.claims.map((i) => tables.claim[i]),
		})),
	};
}

// {boot, live, get(name), device(id, row, number), stale(), forget(), …}: get
// answers a promise of the pack, device one of what is known of a device, or of
// null. live is null in a file.
export function packsOf(document, fetching = globalThis.fetch) {
	const held = document.getElementById('np-boot');
	const boot = held
		? JSON.parse(held.textContent)
		: { live: true, packs: [] };
	const live = boot.live ? liveOf(fetching) : null;
	const asked = new Map(),
		heard = new Set();

	async function embedded(name) {
		const tag = document.getElementById(`np-${name}`);
		if (!tag) throw new Error(`${name}: not in this file`);
		return checked(
			JSON.parse(await inflated(octetsOf(tag.textContent))),
			name,
		);
	}

	const fetched = async (name) =>
		checked(await live.get(`views/${name}`), name);

	function get(name) {
		if (!asked.has(name)) {
			const promise = (live ? fetched : embedded)(name);
			// A server may know better a moment later; a file does not.
			promise.catch(() => live && asked.delete(name));
			asked.set(name, promise);
		}
		return asked.get(name);
	}

	async function device(id, row, number) {
		if (live) return live.get(`devices/${encodeURIComponent(id)}`);
		if (!(number >= 0)) return null;
		const { devices, tables } = await get(`evidence-${number}`);
		return row in devices ? unfolded(devices[row], tables) : null;
	}

	// Is there such a pack for this reader? A server may not say beforehand.
	const holds = (name) =>
		boot.packs?.includes(name) || Boolean(live && !boot.packs?.length);

	// The dossier is another: what is asked from here on is asked anew.
	const stale = () => asked.clear();

	// And what is shown now is drawn anew.
	function forget() {
		stale();
		heard.forEach((f) => f());
	}

	// Who is reading decides what there is to see; null: nobody yet.
	function know(who) {
		Object.assign(boot, { packs: [], mark: null }, who?.boot, {
			role: who?.role ?? null,
			user: who?.user ?? null,
			audience: who?.audience ?? null,
		});
		forget();
		return boot.role;
	}

	return {
		boot,
		live,
		holds,
		get,
		device,
		stale,
		forget,
		know,
		shown: null, // the device whose evidence is open
		listen(f) {
			heard.add(f);
			return () => heard.delete(f);
		},
	};
}
