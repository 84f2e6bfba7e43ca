// SPDX-License-Identifier: ISC
// What the page asks of a server besides packs: who is reading, statements,
// captures. What changes something carries the session's word (X-Nameplate).

// An error that carries the status, and the server's sentence.
async function refusal(answer, path) {
	const body = await answer.json().catch(() => null);
	return Object.assign(
		new Error(body?.error ?? `${path}: ${answer.status}`),
		{
			status: answer.status,
			after: Number(answer.headers?.get('retry-after')),
		},
	);
}

const TRIES = 6,
	LONGEST = 10;

const wait = (seconds) =>
	new Promise((done) => setTimeout(done, seconds * 1000));

export function liveOf(fetching = globalThis.fetch) {
	let who = null;

	// A question is asked again while the server is busy; what changes
	// something is asked once.
	async function get(path) {
		for (let tries = 1; ; tries++) {
			try {
				return await ask('GET', path);
			} catch (error) {
				if (error.status !== 503 || tries === TRIES) throw error;
				await wait(Math.min(error.after || 1, LONGEST));
			}
		}
	}

	async function ask(method, path, body) {
		const headers = { accept: 'application/json' };
		if (who?.csrf && method !== 'GET') headers['x-nameplate'] = who.csrf;
		if (body !== undefined) headers['content-type'] = 'application/json';
		const answer = await fetching(`api/v1/${path}`, {
			method,
			headers,
			credentials: 'same-origin',
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (!answer.ok) throw await refusal(answer, path);
		return answer.status === 204 ? null : answer.json();
	}

	return {
		ask,
		get,
		who: () => who,
		may: (route) => Boolean(who?.may?.includes(route)),
		states: (kind) => Boolean(who?.states?.includes(kind) && who.signs),
		// While the dossier is being written there is nothing to begin with.
		async enter(lang) {
			const path = `session?lang=${encodeURIComponent(lang)}`;
			who = await get(path);
			for (let n = 1; who.role && who.boot === null && n < TRIES; n++) {
				await wait(1);
				who = await get(path);
			}
			return who;
		},
		async login(user, password, lang) {
			await ask('POST', 'session', { user, password });
			return this.enter(lang);
		},
		async logout() {
			await ask('DELETE', 'session');
			who = null;
		},
		// Only members that were filled in are sent.
		state: (form) =>
			ask(
				'POST',
				'statements',
				Object.fromEntries(
					Object.entries(form).filter(([, value]) => value),
				),
			),
		captures: () => get('captures').then((all) => all.captures),
		upload: (file, site, told) => uploading(file, site, who, told),
	};
}

// fetch does not say how much has gone out; this does.
function uploading(file, site, who, told) {
	return new Promise((done, fail) => {
		const request = new XMLHttpRequest();
		const query = new URLSearchParams({
			name: file.name,
			...(site && { site }),
		});
		request.open('POST', `api/v1/captures?${query}`);
		request.setRequestHeader('content-type', 'application/octet-stream');
		if (who?.csrf) request.setRequestHeader('x-nameplate', who.csrf);
		request.upload.onprogress = (e) =>
			e.lengthComputable && told(e.loaded / e.total);
		request.onload = () => {
			let body = null;
			try {
				body = JSON.parse(request.responseText);
			} catch {
				/* no JSON */
			}
			if (request.status === 202) done(body);
			else
				fail(
					Object.assign(
						new Error(body?.error ?? String(request.status)),
						{ status: request.status },
					),
				);
		};
		request.onerror = () => fail(new Error('network'));
		request.send(file);
	});
}
