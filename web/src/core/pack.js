// SPDX-License-Identifier: ISC
// What the page shows comes in packs: embedded in the file, deflated, or by
// fetch from the server. Either way a pack is asked for once.
import { unzlibSync } from 'fflate';

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
		const stream = new Blob([octets]).stream()
			.pipeThrough(new DecompressionStream('deflate'));
		return new Response(stream).text();
	}
	return new TextDecoder().decode(unzlibSync(octets));
}

function checked(pack, name) {
	if (pack?.schema !== SCHEMA) throw new Error(`${name}: not ${SCHEMA}`);
	return pack;
}

// {boot, get(name), device(id, row, number)}: get answers a promise of the pack,
// device one of what is known of a device, or of null.
export function packsOf(document, fetching = globalThis.fetch) {
	const held = document.getElementById('np-boot');
	const boot = held ? JSON.parse(held.textContent) : { live: true, packs: [] };
	const asked = new Map();

	async function embedded(name) {
		const tag = document.getElementById(`np-${name}`);
		if (!tag) throw new Error(`${name}: not in this file`);
		return checked(JSON.parse(await inflated(octetsOf(tag.textContent))),
			name);
	}

	async function asking(path) {
		const answer = await fetching(`api/v1/${path}`,
			{ credentials: 'same-origin', headers: { accept: 'application/json' } });
		if (!answer.ok) {
			throw Object.assign(new Error(`${path}: ${answer.status}`),
				{ status: answer.status });
		}
		return answer.json();
	}

	const fetched = async (name) =>
		checked(await asking(`views/${name}`), name);

	function get(name) {
		if (!asked.has(name)) {
			const promise = (boot.live ? fetched : embedded)(name);
			// A server may know better a moment later; a file does not.
			promise.catch(() => boot.live && asked.delete(name));
			asked.set(name, promise);
		}
		return asked.get(name);
	}

	async function device(id, row, number) {
		if (boot.live) return asking(`devices/${encodeURIComponent(id)}`);
		if (!(number >= 0)) return null;
		return (await get(`evidence-${number}`)).devices[row] ?? null;
	}

	return { boot, get, device, forget: () => asked.clear() };
}
