// SPDX-License-Identifier: ISC
// The strings of tests/hostile.txt in the page: whatever a box, a file, a person
// or an address says is text there. Nothing of it runs, asks, or becomes an
// element; a sentinel in the page watches every change of the document.
//
//	node hostile.mjs BUILD ROOT NAMEPLATE
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { NAMEPLATE, OUT, ROOT, dossier, drawn, holds, main, made, note,
	openFile, pagesOf, quiet, report, same, shot, test, turnTo }
	from './browser.mjs';

const AUDIENCES = ['engineer', 'auditor', 'regulator', 'public'];
const UNSAFE = new RegExp('[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f' +
	'\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff]');
let BAD, SITES, STRINGS, elements;

// Notes each element and attribute that comes into the document, and calls that
// such strings are after.
const SENTINEL = `(() => {
	const seen = { elements: {}, bad: [] };
	window.np_sentinel = seen;
	for (const name of ['alert', 'confirm', 'prompt', 'open']) {
		window[name] = () => seen.bad.push('called ' + name);
	}
	document.write = () => seen.bad.push('called write');
	const look = (e) => {
		if (e.nodeType !== 1) return;
		const tag = e.namespaceURI.split('/').pop() + ':' + e.localName;
		seen.elements[tag] = (seen.elements[tag] ?? 0) + 1;
		for (const a of e.attributes) attribute(e, a.name);
	};
	const attribute = (e, name) => {
		const value = e.getAttribute(name) ?? '';
		const address = ['href', 'src', 'action', 'formaction', 'xlink:href',
			'data', 'poster', 'srcdoc', 'srcset', 'ping'].includes(name);
		if (/^on/i.test(name)) seen.bad.push('attribute ' + name);
		if (address && !value.startsWith('#')) {
			seen.bad.push('address ' + name + '=' + value.slice(0, 80));
		}
		if (/url\\(|expression\\(|@import/i.test(name === 'style' ? value : '')) {
			seen.bad.push('style ' + value.slice(0, 80));
		}
	};
	new MutationObserver((list) => {
		for (const m of list) {
			if (m.type === 'attributes') attribute(m.target, m.attributeName);
			for (const e of m.addedNodes) {
				look(e);
				if (e.nodeType === 1) e.querySelectorAll('*').forEach(look);
			}
		}
	}).observe(document, { subtree: true, childList: true, attributes: true });
})();`;

async function begin() {
	const folder = made('hostile', (at) => {
		fs.mkdirSync(at, { recursive: true });
		execFileSync('python3', [path.join(ROOT, 'tests/cli/hostile.py'), NAMEPLATE,
			ROOT, at], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
	});
	[BAD, SITES] = ['hostile', 'sites'].map((x) =>
		path.join(folder, `${x}.dossier`));
	STRINGS = fs.readFileSync(path.join(ROOT, 'tests/hostile.txt'), 'utf8')
		.split('\n').filter((x) => x && !x.startsWith('# '))
		.map((x) => x.replace(/\\x([0-9a-f]{2})/g, (_, h) =>
			String.fromCharCode(parseInt(h, 16))).replace(/\\\\/g, '\\'));
	// What a page is made of where nobody means harm.
	elements = new Set((await visit(report(dossier('demo'), 'demo.html'),
		'demo')).elements);
}

// Every page, every drawer that fits, paper.
async function visit(file, what) {
	const one = await openFile(file, { init: SENTINEL });
	const { page } = one;
	await drawn(page);
	const pages = await pagesOf(page);
	for (const name of pages) {
		await turnTo(page, `#${name}`);
		const hit = UNSAFE.exec(await page.evaluate(() => document.body.innerText));
		holds(!hit, `${what} ${name}: U+${hit?.[0].charCodeAt(0).toString(16)}`);
		if (what !== 'demo') await shot(page, `${what}-${name}`);
	}
	if (pages.includes('devices')) await drawers(page, what);
	await turnTo(page, '#print');
	await page.pdf({ path: path.join(OUT, `${what}.pdf`) });
	const seen = await page.evaluate(() => window.np_sentinel);
	same([...new Set(seen.bad)], [], `${what}: what came into the page`);
	quiet(one, what);
	await one.close();
	return { elements: Object.keys(seen.elements) };
}

async function drawers(page, what) {
	await turnTo(page, '#devices');
	const rows = page.locator('[role=grid] [role=row][aria-selected]');
	if (!await rows.count()) return;
	await rows.first().click();
	await page.locator('[role=dialog]').waitFor();
	for (let i = 0; i < 40; i++) {
		await drawn(page);
		const hit = UNSAFE.exec(await page.textContent('[role=dialog]'));
		holds(!hit, `${what} drawer: U+${hit?.[0].charCodeAt(0).toString(16)}`);
		const next = page.locator('[role=dialog] .turn button').last();
		if (await next.isDisabled()) break;
		await next.click();
	}
	await page.keyboard.press('Escape');
}

const harmless = (got, what) => same(got.elements.filter((x) =>
	!elements.has(x) && !/^(xhtml|svg):(a|abbr|b|br|button|code|dd|details|div|dl|dt|em|fieldset|h[1-6]|input|label|legend|li|mark|ol|p|path|pre|q|blockquote|rect|circle|line|g|text|tspan|title|section|small|span|strong|summary|table|tbody|td|tfoot|th|thead|tr|caption|ul|use|pattern|defs|aside|nav|figure|figcaption)$/.test(x)),
[], `${what}: elements`);

for (const who of AUDIENCES) {
	test(`boxes, files and people, as ${who} sees them`, async () => {
		harmless(await visit(report(BAD, `hostile-${who}.html`, '--for', who),
			`hostile-${who}`), who);
	});
}

test('sites that are called so', async () => {
	harmless(await visit(report(SITES, 'hostile-sites.html'), 'hostile-sites'),
		'sites');
});

test('what is typed into the finder', async () => {
	const one = await openFile(report(BAD, 'hostile-engineer.html'),
		{ init: SENTINEL });
	await turnTo(one.page, '#devices');
	for (const x of STRINGS) {
		await one.page.fill('input[type=search]', x.slice(0, 2000));
		await one.page.waitForTimeout(20);
	}
	await drawn(one.page);
	same((await one.page.evaluate(() => window.np_sentinel)).bad, [], 'bad');
	quiet(one, 'finder');
	await one.close();
});

test('an address that somebody sent', async () => {
	const one = await openFile(report(BAD, 'hostile-engineer.html'),
		{ init: SENTINEL });
	const keys = ['q', 'open', 'status', 'maker', 'sort', 'lang', 'site', 'law',
		'x', '__proto__', 'constructor'];
	let n = 0;
	for (const [i, x] of STRINGS.entries()) {
		const text = x.slice(0, 500);
		for (const hash of [`#${text}`, `#devices?${keys[i % keys.length]}=${
			encodeURIComponent(text)}`, `#${keys[i % 9]}?${text}=${text}`]) {
			await one.page.evaluate((h) => { location.hash = h; }, hash);
			await one.page.waitForTimeout(20);
			n++;
		}
	}
	for (const key of keys) {
		for (const page of ['devices', 'verdict', 'topology']) {
			await turnTo(one.page, `#${page}?${key}=${encodeURIComponent(
				'"><img src=x onerror=alert(1)>')}`);
			n++;
		}
	}
	note(`${n} addresses`);
	same((await one.page.evaluate(() => window.np_sentinel)).bad, [], 'bad');
	same(await one.page.evaluate(() => ({}).x ?? null), null, 'prototype');
	quiet(one, 'addresses');
	await one.close();
});

test('the sentinel sees what it is there for', async () => {
	const bare = path.join(OUT, 'bare.html');
	fs.writeFileSync(bare, '<!doctype html><title>x</title><h1>x</h1>');
	const one = await openFile(bare, { init: SENTINEL });
	const seen = await one.page.evaluate(async () => {
		document.body.insertAdjacentHTML('beforeend', '<a href="javascript:1" ' +
			'onclick="1">x</a><b style="background:url(x)">x</b>');
		document.querySelector('h1').setAttribute('onload', '1');
		alert(1);
		await new Promise((done) => setTimeout(done, 50));
		return window.np_sentinel;
	});
	same([...seen.bad].sort(), ['address href=javascript:1', 'attribute onclick',
		'attribute onload', 'called alert', 'style background:url(x)'], 'seen');
	same(seen.elements['xhtml:b'], 1, 'elements');
	await one.close();
});

main(begin);
