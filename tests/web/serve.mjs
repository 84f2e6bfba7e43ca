// SPDX-License-Identifier: ISC
// The same page from a server, as a person uses it: the one-time address, every
// page, a statement from the drawer, a capture that is read while one watches,
// accounts, the way out. Nothing but this server is asked.
//
//	node serve.mjs BUILD ROOT NAMEPLATE
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { AXE, NAMEPLATE, OUT, ROOT, contains, dossier, drawn, holds, main,
	nameplate, note, opened, pagesOf, quiet, same, shot, test, turnTo }
	from './browser.mjs';

const PASSWORD = 'correct horse battery';
const servers = [];

async function begin() {
	fs.rmSync(path.join(OUT, 'serve'), { recursive: true, force: true });
	fs.mkdirSync(path.join(OUT, 'serve'), { recursive: true });
}
const own = (name) => path.join(OUT, 'serve', name);

// A server on a copy of the example's dossier, and its address.
async function serve(name, ...words) {
	fs.copyFileSync(dossier('demo'), own(name));
	const child = spawn(NAMEPLATE, ['serve', own(name), '--port', '0', ...words],
		{ cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, USER: 'ann' } });
	servers.push(child);
	let said = '', err = '';
	child.stderr.on('data', (x) => { err += x; });
	await new Promise((done, no) => {
		child.stdout.on('data', (x) => {
			said += x;
			if (said.includes('\n')) done();
		});
		child.on('exit', (rc) => no(new Error(`serve ended: ${rc} ${err}`)));
	});
	const url = said.trim();
	const { origin } = new URL(url);
	return { url, origin, child, err: () => err,
		allow: (x) => x.startsWith(`${origin}/`) };
}

async function ended(server) {
	const gone = new Promise((done) => server.child.once('exit', done));
	server.child.kill('SIGTERM');
	same(await gone, 0, `serve: ${server.err()}`);
}

function key() {
	if (!fs.existsSync(`${own('server')}.key`)) {
		nameplate('keygen', own('server'), '--no-password');
	}
	return `${own('server')}.key`;
}

function users() {
	const at = own('users'), word = own('password');
	if (!fs.existsSync(at)) {
		fs.writeFileSync(word, `${PASSWORD}\n`, { mode: 0o600 });
		for (const role of ['viewer', 'auditor', 'certifier']) {
			nameplate('serve', '--add-user', role, '--role', role, '--users', at,
				'--password-file', word);
		}
	}
	return at;
}

async function barriers(page, where) {
	await page.evaluate(AXE());
	const { violations } = await page.evaluate(() => axe.run(document,
		{ resultTypes: ['violations'] }));
	const bad = violations.filter((v) => ['serious', 'critical']
		.includes(v.impact)).map((v) => `${v.id} ${v.nodes[0].target.join(' ')}`);
	same(bad, [], `${where}: serious`);
}

const openDevice = async (page, what) => {
	await turnTo(page, `#devices?${what}`);
	await page.locator('[role=grid] [role=row][aria-selected]').first().click();
	await page.locator('[role=dialog]').waitFor();
	await drawn(page);
};

test('the one-time address: every page, by this server alone', async () => {
	const s = await serve('pages.dossier');
	const one = await opened(s.url, { allow: s.allow });
	const { page } = one;
	await drawn(page);
	same(page.url().startsWith(`${s.origin}/`), true, 'where');
	holds(!page.url().includes('token'), 'no token stays in the address');
	const pages = await pagesOf(page);
	for (const name of ['verdict', 'map', 'topology', 'flow', 'treemap',
		'burndown', 'gantt', 'devices', 'method', 'upload']) {
		holds(pages.includes(name), `${name} is offered: ${pages}`);
		await turnTo(page, `#${name}`);
		await shot(page, `serve-${name}`);
		quiet(one, name);
	}
	await openDevice(page, 'status=in_scope');
	contains(await page.textContent('[role=dialog]'), 'Huawei');
	await shot(page, 'serve-drawer');
	quiet(one, 'drawer');
	// It was good once.
	const again = await opened(s.url, { allow: s.allow });
	holds(!(await again.page.textContent('body')).includes('Huawei'),
		'the second who comes sees nothing');
	await again.close();
	await one.close();
	await ended(s);
});

test('a statement from the drawer is signed and shown', async () => {
	const s = await serve('states.dossier', '--key', key());
	const one = await opened(s.url, { allow: s.allow });
	const { page } = one;
	await drawn(page);
	await openDevice(page, 'q=MRC-PWR&verdict=probable').catch(() =>
		openDevice(page, 'verdict=probable'));
	const drawer = page.locator('[role=dialog]');
	await drawer.locator('.buttons button').first().click();
	await drawer.locator('input[name=fact]').fill('maker');
	await drawer.locator('input[name=value]').fill('huawei');
	await drawer.locator('textarea[name=because]').fill('a\u202eb');
	const send = async (notice) => {
		await drawer.locator('form button[type=submit]').click();
		await drawer.locator(notice).waitFor({ timeout: 60000 });
	};
	// What would deceive who reads it is not taken, and that is said.
	await send('.notice[role=alert]');
	one.seen.said = one.seen.said.filter((x) => !/status of 4\d\d/.test(x));
	await drawer.locator('textarea[name=because]').fill(
		'the label reads <b>so</b> =1+1');
	await barriers(page, 'form');
	await shot(page, 'serve-statement');
	await send('.notice-good');
	await drawer.locator('.said li').first().waitFor();
	const text = await drawer.locator('.said').textContent();
	contains(text, 'the label reads <b>so</b> =1+1', 'ann');
	quiet(one, 'statement');
	await one.close();
	await ended(s);
	contains(nameplate('report', own('states.dossier'), '--json'),
		'the label reads');
});

test('a capture is read while one watches', async () => {
	const s = await serve('reads.dossier');
	const one = await opened(s.url, { allow: s.allow });
	const { page } = one;
	await drawn(page);
	await turnTo(page, '#devices');
	const n = async () => Number(await page.getAttribute('[role=grid]',
		'aria-rowcount'));
	const before = await n();
	await turnTo(page, '#upload');
	await barriers(page, 'upload');
	await page.locator('main select').selectOption('DE-1').catch(() => null);
	await page.setInputFiles('input[type=file]', path.join(ROOT,
		'tests/golden/lldp/olt.pcap'));
	await page.locator('main table tbody tr').first().waitFor();
	await page.waitForFunction(() => /read/i.test(document.querySelector(
		'main table tbody tr')?.textContent ?? '') && !document.querySelector(
		'main table progress'), null, { timeout: 60000 });
	await shot(page, 'serve-upload');
	await turnTo(page, '#devices');
	await page.waitForFunction((x) => Number(document.querySelector('[role=grid]')
		?.getAttribute('aria-rowcount')) > x, before, { timeout: 60000 });
	note(`${before - 1} boxes, then ${await n() - 1}`);
	quiet(one, 'upload');
	await one.close();
	await ended(s);
});

test('accounts: in by a password, what a role sees, out again', async () => {
	const s = await serve('roles.dossier', '--users', users(), '--key', key());
	for (const colorScheme of ['light', 'dark']) {
		const one = await opened(`${s.origin}/`, { allow: s.allow, colorScheme });
		const { page } = one;
		await page.locator('input[name=password]').waitFor();
		await barriers(page, `login, ${colorScheme}`);
		await shot(page, `serve-login-${colorScheme}`);
		quiet(one, 'login');
		if (colorScheme === 'dark') {
			await page.fill('input[name=user]', 'viewer');
			await page.fill('input[name=password]', 'wrong');
			await page.locator('form button[type=submit]').click();
			await page.locator('[role=alert].notice').waitFor();
			// The browser itself says that the answer was 401.
			one.seen.said = one.seen.said.filter((x) => !x.includes('401'));
			await page.fill('input[name=password]', PASSWORD);
			await page.locator('form button[type=submit]').click();
			await page.locator('main.page-verdict').waitFor({ timeout: 60000 });
			await drawn(page);
			const pages = await pagesOf(page);
			holds(!pages.includes('upload'), `a viewer uploads nothing: ${pages}`);
			for (const name of pages.filter((x) => x !== 'login')) {
				await turnTo(page, `#${name}`);
				const text = await page.textContent('main');
				holds(!text.includes('MRC-SW-02'), `${name}: a name of a box`);
			}
			await page.locator('.reader button').click();
			await page.locator('input[name=password]').waitFor();
			holds(!(await page.textContent('body')).includes('Huawei'),
				'nothing stays behind');
			quiet(one, 'viewer');
		}
		await one.close();
	}
	await ended(s);
});

process.on('exit', () => servers.forEach((x) => x.exitCode ?? x.kill()));
main(begin);
