// SPDX-License-Identifier: ISC
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { liveOf } from '../src/core/live.js';
import { packsOf, unfolded } from '../src/core/pack.js';

const base64 = (value) => deflateSync(JSON.stringify(value)).toString('base64');

// A document as far as the loader sees it: texts by id.
const documentOf = (tags) => ({
	getElementById: (id) => (id in tags ? { textContent: tags[id] } : null),
});

const boot = JSON.stringify({
	schema: 'nameplate.page/1',
	live: false,
	packs: ['verdict'],
});
const view = (name, rest) => ({
	schema: 'nameplate.view/1',
	view: name,
	...rest,
});
const hostile = '</script><img src=x onerror=alert(1)>\u202eevil\u0000';

test('an embedded pack is inflated and read once', async () => {
	const packs = packsOf(
		documentOf({
			'np-boot': boot,
			'np-verdict': base64(view('verdict', { operator: hostile })),
		}),
	);
	const pack = await packs.get('verdict');
	assert.equal(pack.operator, hostile);
	assert.equal(packs.get('verdict'), packs.get('verdict'));
});

test('without DecompressionStream the same is read', async () => {
	const kept = globalThis.DecompressionStream;
	globalThis.DecompressionStream = undefined;
	try {
		const packs = packsOf(
			documentOf({
				'np-boot': boot,
				'np-verdict': base64(view('verdict', { n: 'Ö😀' })),
			}),
		);
		assert.equal((await packs.get('verdict')).n, 'Ö😀');
	} finally {
		globalThis.DecompressionStream = kept;
	}
});

test('what is missing, cut or of another schema is an error', async () => {
	const whole = base64(view('map'));
	const packs = packsOf(
		documentOf({
			'np-boot': boot,
			'np-map': whole.slice(0, 20),
			'np-flow': base64({ schema: 'x' }),
		}),
	);
	await assert.rejects(packs.get('topology'), /not in this file/);
	await assert.rejects(packs.get('map'));
	await assert.rejects(packs.get('flow'), /not nameplate.view/);
});

test('evidence comes from the pack that the device names', async () => {
	const packs = packsOf(
		documentOf({
			'np-boot': boot,
			'np-evidence-1': base64(
				view('evidence', { devices: { 7: { id: 'd7' } } }),
			),
		}),
	);
	assert.deepEqual(await packs.device('d7', 7, 1), { id: 'd7' });
	assert.equal(await packs.device('d8', 8, 1), null);
	assert.equal(await packs.device('d9', 9, -1), null);
});

test('live, packs are fetched, an id is escaped, a failure is asked anew', async () => {
	const asked = [];
	let status = 404;
	const fetching = async (url) => {
		asked.push(url);
		return { ok: status === 200, status, json: async () => view('map') };
	};
	const packs = packsOf(
		documentOf({
			'np-boot': JSON.stringify({ live: true }),
		}),
		fetching,
	);
	await assert.rejects(packs.get('map'), { status: 404 });
	await new Promise((done) => setTimeout(done));
	status = 200;
	assert.equal((await packs.get('map')).view, 'map');
	await packs.device('a/../b?c', 0, 0);
	assert.deepEqual(asked, [
		'api/v1/views/map',
		'api/v1/views/map',
		'api/v1/devices/a%2F..%2Fb%3Fc',
	]);
});

test('what boxes have in common is unfolded', () => {
	const tables = {
		finding: [{ clause: 'a' }, { clause: 'b' }],
		fact: [{ field: 'x', value: '1', count: 1 }],
		claim: [{ grade: 'E4' }, { grade: 'E3' }],
	};
	const box = {
		id: 'd',
		findings: [1, 0],
		facts: [{ is: 0, count: 5, claims: [1] }],
	};
	assert.deepEqual(unfolded(box, tables), {
		id: 'd',
		findings: [{ clause: 'b' }, { clause: 'a' }],
		facts: [
			{
				field: 'x',
				value: '1',
				is: 0,
				count: 5,
				claims: [{ grade: 'E3' }],
			},
		],
	});
	assert.equal(unfolded(box), box);
});

test('a busy server is asked again, a change is asked for once', async () => {
	let asked = 0;
	const live = liveOf(async () => ({
		ok: ++asked > 1,
		status: 503,
		headers: new Headers({ 'retry-after': '0.01' }),
		json: async () => ({ error: 'busy' }),
	}));
	assert.deepEqual(await live.get('views/map'), { error: 'busy' });
	assert.equal(asked, 2);
	asked = -9;
	await assert.rejects(live.state({ kind: 'attest' }), /busy/);
	assert.equal(asked, -8);
});
