// SPDX-License-Identifier: ISC
// A real Chromium for the tests of the page, watched: whatever it asks for, says
// on its console, pops up or fails at is kept. And TAP.
//
//	node TEST.mjs BUILD ROOT NAMEPLATE
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const [BUILD, ROOT, NAMEPLATE] = process.argv.slice(2, 5)
	.map((x) => path.resolve(x));
export const DAY = '2026-11-23';
export const OUT = path.join(BUILD, 'web-tests');
const SHOTS = path.join(OUT, 'shots');
const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium';

// ---- TAP

const tests = [];
// NP_ONLY: a pattern, for who writes tests.
export const test = (name, run) => new RegExp(process.env.NP_ONLY ?? '')
	.test(name) && tests.push({ name, run });
export const note = (...words) => console.log(`# ${words.join(' ')}`);

export function same(got, want, what) {
	const [a, b] = [got, want].map((x) => JSON.stringify(x));
	if (a !== b) throw new Error(`${what}: ${a}, not ${b}`);
}
export function holds(yes, what) {
	if (!yes) throw new Error(what);
}
export function contains(text, ...words) {
	for (const w of words) {
		if (!text.includes(w)) {
			throw new Error(`${JSON.stringify(w)} is not in: ${text.slice(0, 600)}`);
		}
	}
}

function skip(why) {
	console.log(`1..0 # SKIP ${why}`);
	process.exit(0);
}

const LONGEST = 300; // seconds that a test may take on a machine that is busy

function inTime(what) {
	let timer;
	const late = new Promise((_, no) => {
		timer = setTimeout(() => no(new Error(`over ${LONGEST} s`)), LONGEST * 1000);
	});
	return Promise.race([what, late]).finally(() => clearTimeout(timer));
}

// begin() makes what the tests share, end() takes it away.
export async function main(begin = async () => {}) {
	fs.mkdirSync(SHOTS, { recursive: true });
	await begin();
	console.log(`1..${tests.length}`);
	let bad = 0;
	for (const [i, { name, run }] of tests.entries()) {
		try {
			await inTime(run());
			console.log(`ok ${i + 1} - ${name}`);
		} catch (e) {
			bad++;
			console.log(`not ok ${i + 1} - ${name}`);
			for (const line of String(e.stack ?? e).split('\n').slice(0, 12)) {
				console.log(`# ${line}`);
			}
		}
	}
	await (await launched).close();
	process.exit(bad ? 1 : 0);
}

// ---- what it looks at

export function nameplate(...args) {
	return execFileSync(NAMEPLATE, args, { cwd: ROOT, encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 30 });
}

const newer = (a, b) => fs.existsSync(a) &&
	fs.statSync(a).mtimeMs > fs.statSync(b).mtimeMs;

// A file of the build folder, made anew when the program is newer; whole or not
// at all.
export function made(name, make) {
	const at = path.join(OUT, name), half = `${at}.half`;
	fs.mkdirSync(OUT, { recursive: true });
	if (!newer(at, NAMEPLATE)) {
		for (const x of [at, half, `${half}-wal`, `${half}-shm`]) {
			fs.rmSync(x, { recursive: true, force: true });
		}
		make(half);
		fs.renameSync(half, at);
	}
	return at;
}

// The example operator with its plan, or a generated one of 100,000 devices and
// 20,000 nodes (bench/big_operator.py); NP_BIG_DOSSIER names one that was made
// before.
export function dossier(kind) {
	const own = 'examples/operator';
	if (kind === 'demo') {
		return made('demo.dossier', (at) => {
			nameplate('audit', own, '--as-of', DAY, '-o', at);
			nameplate('plan', at, '--as-of', DAY, '--plan', `${own}/plan.yaml`,
				'--costs', `${own}/costs.csv`);
		});
	}
	return process.env.NP_BIG_DOSSIER ?? made('big.dossier', (at) => {
		const folder = path.join(OUT, 'big-operator');
		fs.rmSync(folder, { recursive: true, force: true });
		execFileSync('python3', [path.join(ROOT, 'bench/big_operator.py'), folder]);
		nameplate('audit', folder, '--as-of', DAY, '-o', at);
		fs.rmSync(folder, { recursive: true, force: true });
	});
}

export function report(from, name, ...flags) {
	return made(name, (at) => nameplate('report', from, '-o', at, ...flags));
}

// ---- the browser

const require = createRequire(path.join(BUILD, 'browser', 'package.json'));

function playwright() {
	if (!fs.existsSync(BROWSER)) skip(`no ${BROWSER} (chromium) on this machine`);
	try {
		return require('playwright-core');
	} catch {
		return skip('playwright-core is not here (tools/fetch-browser.sh)');
	}
}

const { chromium } = playwright();
const launched = chromium.launch({ executablePath: BROWSER, args: [
	...(process.getuid() === 0 ? ['--no-sandbox'] : []),
	// A browser asks for things of its own; none of them is the page's.
	'--disable-background-networking', '--disable-component-update',
	'--disable-features=Translate,OptimizationHints,MediaRouter'] });
export const AXE = () => fs.readFileSync(
	require.resolve('axe-core/axe.min.js'), 'utf8');

// A page and all that it did. `allow`: which addresses it may ask for.
export async function opened(url, { allow = (x) => x === url, init, ...how } = {}) {
	const context = await (await launched).newContext({
		viewport: { width: 1280, height: 800 }, serviceWorkers: 'block', ...how });
	const seen = { asked: [], out: [], said: [], dialogs: [] };
	await context.route('**', (route) => {
		const to = route.request().url();
		if (allow(to)) return route.continue();
		seen.out.push(to);
		return route.abort();
	});
	if (init) await context.addInitScript(init);
	const page = await context.newPage();
	page.on('request', (r) => seen.asked.push(r.url()));
	page.on('websocket', (w) => seen.out.push(w.url()));
	page.on('popup', (p) => seen.dialogs.push(`popup ${p.url()}`));
	page.on('console', (m) => seen.said.push(`${m.type()}: ${m.text()}`));
	page.on('pageerror', (e) => seen.said.push(`error: ${e.message}`));
	page.on('dialog', (d) => {
		seen.dialogs.push(`${d.type()} ${d.message()}`);
		return d.dismiss();
	});
	await page.goto(url, { timeout: 120000 });
	return { page, context, seen, allow, close: () => context.close() };
}

export const fileUrl = (at) => pathToFileURL(at).href;
export const openFile = (at, how) => opened(fileUrl(at), how);

// Nothing was asked for that may not be, said on the console, or popped up.
export function quiet({ seen, allow }, where) {
	const out = [...seen.out, ...seen.asked.filter((x) => !allow(x) &&
		!x.startsWith('data:') && !x.startsWith('blob:'))];
	same(out, [], `${where}: requests out`);
	same(seen.said, [], `${where}: console`);
	same(seen.dialogs, [], `${where}: dialogs`);
}

// What is there is drawn: no page is waited for.
export async function drawn(page) {
	await page.waitForFunction(() => {
		const main = document.querySelector('#np-main');
		return main && main.querySelector('h1')?.textContent &&
			!document.querySelector('.waiting, [aria-busy=true]');
	}, null, { timeout: 60000 });
	await page.evaluate(() => new Promise((done) =>
		requestAnimationFrame(() => requestAnimationFrame(done))));
}

export async function turnTo(page, hash) {
	await page.evaluate((x) => { location.hash = x; }, hash);
	await page.waitForFunction((x) => document.querySelector('main')?.classList
		.contains(`page-${x}`), hash.replace(/^#|\?.*/g, ''), { timeout: 60000 });
	await drawn(page);
}

// The pages that the navigation offers, in its order.
export const pagesOf = (page) => page.$$eval('nav a[href^="#"]',
	(links) => links.map((a) => a.getAttribute('href').replace(/^#|\?.*/g, '')));

export const shot = (page, name) => page.screenshot({
	path: path.join(SHOTS, `${name}.png`) });
