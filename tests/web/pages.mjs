// SPDX-License-Identifier: ISC
// The report's page in a real Chromium, as people use it: every page opened,
// filtered, drilled down to the octets, printed; nothing asked for, nothing on
// the console, no barrier; in time.
//
//	node pages.mjs BUILD ROOT NAMEPLATE demo|big
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { AXE, BUILD, OUT, contains, dossier, drawn, fileUrl, holds, main,
	nameplate, note, openFile, pagesOf, quiet, report, same, shot, test,
	turnTo } from './browser.mjs';

const KIND = process.argv[5] ?? 'demo';
const BIG = KIND === 'big';
const LANGUAGES = ['en', 'de', 'it', 'ja'];
let DOSSIER, FILE, boxes;
let at; // the page that most tests share
let PAGES;

async function begin() {
	DOSSIER = dossier(KIND);
	FILE = report(DOSSIER, `${KIND}.html`);
	at = await openFile(FILE);
	await drawn(at.page);
	PAGES = await pagesOf(at.page);
	boxes = Number((nameplate('report', DOSSIER).match(/^devices +(\d+):/m))[1]);
}

const count = (page) => page.textContent('[role=status].found')
	.then((t) => t.replace(/[.,\u00a0\u202f ](?=\d{3})/g, '').match(/\d+/g)
		.map(Number));

test('the page has what is expected of it', async () => {
	same(PAGES, ['verdict', 'map', 'topology', 'flow', 'treemap', 'burndown',
		'gantt', 'devices', 'method'], 'pages');
	if (BIG) same(boxes, 100000, 'boxes');
});

test('every page is drawn, and nothing is asked for or said', async () => {
	for (const name of PAGES) {
		await turnTo(at.page, `#${name}`);
		await shot(at.page, `${KIND}-light-${name}`);
		const link = await at.page.textContent('nav [aria-current=page]');
		same(await at.page.textContent('main h1'), link.trim(), name);
		const text = await at.page.textContent('main');
		holds(text.length > 150, `${name}: little on it: ${text}`);
		contains(await at.page.title(), link.trim());
		quiet(at, name);
	}
	same(at.seen.asked.filter((x) => !x.startsWith('data:')), [fileUrl(FILE)],
		'all that was asked for');
});

test('a request out is refused, and would have been seen', async () => {
	let heard = 0;
	const server = http.createServer((q, r) => { heard++; r.end('x'); });
	await new Promise((done) => server.listen(0, '127.0.0.1', done));
	const out = `http://127.0.0.1:${server.address().port}/x`;
	const other = await openFile(FILE, { allow: () => true });
	const got = await other.page.evaluate(async (to) => {
		const blocked = [];
		document.addEventListener('securitypolicyviolation',
			(e) => blocked.push(e.effectiveDirective));
		await fetch(to).catch(() => null);
		new Image().src = to;
		// Trusted Types refuse some before the policy is asked.
		let refused = 0;
		for (const [tag, key] of [['script', 'src'], ['iframe', 'src'],
			['link', 'href'], ['script', 'textContent']]) {
			const e = document.createElement(tag);
			try {
				if (tag === 'link') e.rel = 'stylesheet';
				e[key] = key === 'textContent' ? 'window.ran = 1' : to;
			} catch {
				refused++;
			}
			document.head.append(e);
		}
		await new Promise((done) => setTimeout(done, 500));
		return { blocked: [...new Set(blocked)].sort(), refused,
			ran: window.ran ?? 0 };
	}, out);
	same(got.ran, 0, 'scripts that ran');
	for (const what of ['connect-src', 'frame-src', 'img-src', 'style-src-elem']) {
		holds(got.blocked.includes(what), `${what}: ${got.blocked}`);
	}
	holds(got.refused === 2 || got.blocked.includes('script-src-elem'),
		`scripts: ${JSON.stringify(got)}`);
	same(heard, 0, 'requests that came through');
	await other.close();
	server.close();
	// The watch itself: a page without such a policy is caught.
	const bare = path.join(OUT, 'bare.html');
	fs.writeFileSync(bare, `<h1>x</h1><img src="${out}">`);
	const caught = await openFile(bare);
	await caught.page.waitForTimeout(300);
	same(caught.seen.out, [out], 'what the watch sees');
	await caught.close();
});

// ---- finding and drilling down

test('devices are found by what is typed and chosen, kept in the address',
	async () => {
		const { page } = at;
		await turnTo(page, '#devices');
		same((await count(page)).at(-1), boxes, 'all');
		await page.fill('input[type=search]', 'huawei');
		await page.waitForFunction(() => location.hash.includes('q=huawei'));
		await drawn(page);
		const [found] = await count(page);
		holds(found > 0 && found < boxes, `${found} found`);
		const box = page.locator('fieldset.facet input[type=checkbox]').first();
		await box.check();
		await drawn(page);
		const [fewer] = await count(page);
		holds(fewer > 0 && fewer <= found, `${fewer} of ${found}`);
		const address = page.url();
		await page.reload();
		await drawn(page);
		same(page.url(), address, 'the address');
		same((await count(page))[0], fewer, 'found by the address alone');
		await page.goBack().catch(() => null);
		await turnTo(page, '#devices');
		same((await count(page))[0], boxes, 'all again');
		quiet(at, 'devices');
	});

test('only the rows on screen are in the document', async () => {
	const { page } = at;
	await turnTo(page, '#devices');
	const grid = page.locator('[role=grid]');
	same(Number(await grid.getAttribute('aria-rowcount')), boxes + 1, 'rows');
	holds(await page.locator('[role=grid] [role=row]').count() < 80, 'too many');
	await grid.evaluate((e) => { e.scrollTop = e.scrollHeight; });
	await page.waitForFunction((n) => document.querySelector(
		`[role=grid] [aria-rowindex="${n}"]`), boxes + 1);
	holds(await page.locator('[role=grid] [role=row]').count() < 80, 'too many');
	const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
	holds(nodes < 6000, `${nodes} elements`);
});

test('a box is drilled down to the octets that speak for it', async () => {
	const { page } = at;
	await turnTo(page, '#devices?status=in_scope');
	const [n] = await count(page);
	holds(n > 0, 'something is in scope');
	await page.locator('[role=grid] [role=row][aria-selected]').first().click();
	const drawer = page.locator('[role=dialog]');
	await drawer.waitFor();
	await drawn(page);
	const text = await drawer.textContent();
	const dump = nameplate('report', DOSSIER, '--jsonl');
	const id = await page.evaluate(() =>
		new URLSearchParams(location.hash.replace(/^.*\?/, '')).get('open'));
	const d = JSON.parse(dump.split('\n').find((x) => x.includes(`"id":"${id}"`) &&
		x.includes('"verdict"')));
	contains(text, (d.device ?? d).maker_name);
	const claim = (d.device ?? d).claims[0];
	contains(text, claim.field, claim.text.slice(0, 30), claim.grade);
	await shot(page, `${KIND}-light-drawer`);
	quiet(at, 'drawer');
	await page.keyboard.press('Escape');
	await drawer.waitFor({ state: 'detached' });
});

test('every chart has its table', async () => {
	for (const name of PAGES.filter((x) => !['verdict', 'devices', 'method']
		.includes(x))) {
		await turnTo(at.page, `#${name}`);
		// Nobody planned the generated operator's work.
		if (BIG && name === 'gantt') continue;
		holds(await at.page.locator('main table, main [role=grid]').count() > 0,
			`${name} has no table`);
	}
});

// ---- paper

for (const format of ['A4', 'Letter']) {
	test(`printed on ${format}: all pages, text and lines, no pictures`, async () => {
		const { page } = at;
		await turnTo(page, '#verdict');
		// What is printed is gathered while nothing else is to do.
		await page.waitForTimeout(BIG ? 4000 : 1000);
		const pdf = path.join(OUT, `${KIND}-${format}.pdf`);
		await page.pdf({ path: pdf, format });
		const text = execFileSync('pdftotext', [pdf, '-'],
			{ encoding: 'utf8', maxBuffer: 1 << 28 }).replace(/\s+/g, ' ');
		const heads = [];
		for (const name of PAGES) {
			heads.push((await page.textContent(`nav a[href^="#${name}"]`)).trim());
		}
		contains(text, ...heads, 'no legal advice', 'Huawei');
		const images = execFileSync('pdfimages', ['-list', pdf],
			{ encoding: 'utf8' }).trim().split('\n').length - 2;
		same(images, 0, 'pictures');
		const info = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' });
		contains(info, format === 'A4' ? '(A4)' : '(letter)');
		const sheets = Number(info.match(/Pages: +(\d+)/)[1]);
		holds(sheets >= PAGES.length && sheets < 120, `${sheets} sheets`);
		note(`${sheets} sheets of ${format}`);
		quiet(at, 'print');
		await drawn(page);
	});
}

// ---- barriers

for (const colorScheme of ['light', 'dark']) {
	test(`axe-core finds nothing serious, ${colorScheme}`, async () => {
		const one = await openFile(FILE, { colorScheme });
		await drawn(one.page);
		await one.page.evaluate(AXE());
		const bad = [];
		const look = async (where) => {
			const { violations } = await one.page.evaluate(() => axe.run(document,
				{ resultTypes: ['violations'] }));
			for (const v of violations) {
				const line = `${where}: ${v.impact} ${v.id}: ${v.nodes.length}x ${
					v.nodes[0].target.join(' ')} ${v.nodes[0].failureSummary
					.split('\n')[1]?.trim()}`;
				if (['serious', 'critical'].includes(v.impact)) bad.push(line);
				else note(line);
			}
		};
		for (const name of PAGES) {
			await turnTo(one.page, `#${name}`);
			await look(name);
			if (colorScheme === 'dark') await shot(one.page, `${KIND}-dark-${name}`);
		}
		await turnTo(one.page, '#devices?status=in_scope');
		await one.page.locator('[role=grid] [role=row][aria-selected]').first()
			.click();
		await one.page.locator('[role=dialog]').waitFor();
		await drawn(one.page);
		await look('drawer');
		await shot(one.page, `${KIND}-${colorScheme}-drawer`);
		quiet(one, colorScheme);
		await one.close();
		same(bad, [], 'serious');
	});
}

test('without a pointer: skip link, pages, grid, drawer and back', async () => {
	const one = await openFile(FILE);
	const { page } = one;
	await drawn(page);
	const here = () => page.evaluate(() => {
		const e = document.activeElement;
		const s = getComputedStyle(e);
		return { tag: e.tagName, role: e.getAttribute('role'), id: e.id,
			href: e.getAttribute('href'), cls: e.className,
			ring: e === document.body || s.outlineStyle !== 'none' ||
				s.boxShadow !== 'none' || !e.matches(':focus-visible') };
	});
	await page.keyboard.press('Tab');
	same((await here()).cls, 'skip', 'first is the way past the navigation');
	await page.keyboard.press('Enter');
	same((await here()).id, 'np-main', 'and it leads there');
	// Every stop is seen, and none holds who comes to it.
	await turnTo(page, '#devices');
	await page.evaluate(() => { document.activeElement.blur(); });
	const stops = [];
	for (let i = 0; i < 200; i++) {
		await page.keyboard.press('Tab');
		const stop = await here();
		if (stop.tag === 'BODY') break;
		holds(stop.ring, `no ring around ${JSON.stringify(stop)}`);
		stops.push(stop);
	}
	holds(stops.length > PAGES.length && stops.length < 200,
		`${stops.length} stops`);
	holds(stops.some((s) => s.role === 'grid'), 'the grid is reached');
	await page.locator('[role=grid]').focus();
	const active = () => page.getAttribute('[role=grid]', 'aria-activedescendant');
	const first = await active();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	await drawn(page);
	holds(await active() !== first, 'arrows move');
	await page.keyboard.press('Enter');
	await page.locator('[role=dialog]').waitFor();
	await drawn(page);
	holds(await page.evaluate(() => document.querySelector('[role=dialog]')
		.contains(document.activeElement)), 'the drawer has the focus');
	await page.keyboard.press('Escape');
	await page.locator('[role=dialog]').waitFor({ state: 'detached' });
	// The focus follows when the page is drawn without the drawer.
	await page.waitForFunction(() => document.activeElement.getAttribute('role')
		=== 'grid', null, { timeout: 5000 }).catch(() => null);
	same((await here()).role, 'grid', 'back where it was');
	quiet(one, 'keyboard');
	await one.close();
});

test('on 320 pixels nothing has to be moved sideways', async () => {
	const one = await openFile(FILE, { viewport: { width: 320, height: 640 } });
	const wide = [];
	for (const name of PAGES) {
		await turnTo(one.page, `#${name}`);
		await shot(one.page, `${KIND}-narrow-${name}`);
		// Whose right edge is out, where nothing around it scrolls by itself.
		const out = await one.page.evaluate(() => {
			if (document.scrollingElement.scrollWidth <= innerWidth) return null;
			const e = [...document.querySelectorAll('#np-page *')].filter((x) =>
				x.getBoundingClientRect().right > innerWidth + 1).at(-1);
			return `${document.scrollingElement.scrollWidth} pixels: ${
				e?.localName}.${e?.className} ${e?.textContent.slice(0, 40)}`;
		});
		if (out) wide.push(`${name}: ${out}`);
	}
	same(wide, [], 'wider than the screen');
	quiet(one, 'narrow');
	await one.close();
});

// ---- languages

test('English, German, Italian, Japanese: no word is missing', async () => {
	const one = await openFile(FILE);
	const seen = new Set();
	for (const lang of LANGUAGES) {
		for (const name of PAGES) {
			await turnTo(one.page, `#${name}?lang=${lang}`);
			same(await one.page.evaluate(() => document.documentElement.lang), lang,
				'lang');
			const text = await one.page.evaluate(() =>
				document.querySelector('#np-page').innerText);
			const key = text.match(new RegExp('\\b(page|frame|devices|field|state|' +
				'drawer|law|theme|word|verdict|status|chart|map|topology|flow|treemap|' +
				'burndown|gantt|method|print)\\.[a-z_]+(?![\\w.])'));
			holds(!key || name === 'method', `${lang} ${name}: ${key?.[0]}`);
			if (name === 'verdict') {
				seen.add(await one.page.textContent('main h1'));
				await shot(one.page, `${KIND}-${lang}-verdict`);
			}
		}
	}
	same(seen.size, LANGUAGES.length, 'four words for one page');
	quiet(one, 'languages');
	await one.close();
	// A report that is written in one of them begins in it.
	const other = await openFile(report(DOSSIER, `${KIND}-public.html`, '--lang',
		'ja', '--for', 'public'));
	await drawn(other.page);
	same(await other.page.evaluate(() => document.documentElement.lang), 'ja',
		'lang');
	quiet(other, 'Japanese');
	await other.close();
});

test('each audience: every page, and nothing on the console', async () => {
	for (const who of BIG ? ['public'] : ['auditor', 'regulator', 'public']) {
		const one = await openFile(report(DOSSIER, `${KIND}-${who}.html`, '--lang',
			'ja', '--for', who));
		await drawn(one.page);
		for (const name of await pagesOf(one.page)) {
			await turnTo(one.page, `#${name}`);
			holds(await one.page.locator('.classmark').count(),
				`${who}: no class mark on ${name}`);
		}
		quiet(one, who);
		await one.close();
	}
});

test('without scripts it says what it is and what was found', async () => {
	const one = await openFile(FILE, { javaScriptEnabled: false });
	const text = await one.page.evaluate(() => document.body.innerText);
	contains(text, 'no legal advice');
	quiet(one, 'no scripts');
	await one.close();
});

// ---- size and time

test('the shell is below 1.5 MB, 100,000 devices below 12 MB', async () => {
	const shell = fs.statSync(path.join(BUILD, 'web', 'shell.html')).size;
	const all = fs.statSync(FILE).size;
	note(`shell ${shell}, all ${all} octets`);
	holds(shell < 1500000, 'shell');
	holds(all < (BIG ? 12e6 : 1500000), 'all');
});

// In the page: when something is there, painted.
const WATCH = `addEventListener('DOMContentLoaded', () => {
	const look = () => {
		const main = document.querySelector('#np-main');
		if (!main?.querySelector('h1')?.textContent ||
			document.querySelector('.waiting')) return requestAnimationFrame(look);
		requestAnimationFrame(() => setTimeout(() => {
			window.np_shown = performance.now();
		}));
	};
	look();
});`;

async function shownIn(file, n) {
	const times = [];
	for (let i = 0; i < n; i++) {
		const one = await openFile(file, { init: WATCH });
		await one.page.waitForFunction(() => window.np_shown, null,
			{ timeout: 60000 });
		times.push(await one.page.evaluate(() => window.np_shown));
		await one.close();
	}
	return times.sort((a, b) => a - b);
}

test('the first page is shown within 1.5 s', async () => {
	const blank = path.join(OUT, 'blank.html');
	fs.writeFileSync(blank, '<!doctype html><title>x</title>' +
		'<main id="np-main"><h1>x</h1></main>');
	const [least] = await shownIn(blank, 5);
	const times = await shownIn(FILE, 5);
	note(`first page ${times.map((x) => x.toFixed(0)).join(' ')} ms; a blank one ${
		least.toFixed(0)} ms; ratio ${(times[0] / least).toFixed(1)}`);
	// The least of five, since what else the machine does only adds to it; where
	// it is so busy that a blank page takes more than 100 ms, in proportion.
	holds(times[0] < 1500 * Math.max(1, least / 100), `${times[0]} ms`);
});

// What each keystroke takes until its answer is painted: by the clock, and by the
// processor (main thread), which others' work does not add to. The least of three.
async function keystrokes(page, words) {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
	const used = async () => (await cdp.send('Performance.getMetrics')).metrics
		.find((m) => m.name === 'TaskDuration').value * 1000;
	await page.evaluate(() => {
		document.addEventListener('input', () => {
			const from = performance.now();
			const before = document.querySelector('.found')?.textContent;
			let frames = 0;
			const look = () => {
				const now = document.querySelector('.found')?.textContent;
				// The count is another, or did not have to be.
				if (now === before && ++frames < 2) return requestAnimationFrame(look);
				return setTimeout(() => { window.np_key = performance.now() - from; });
			};
			window.np_key = null;
			requestAnimationFrame(look);
		}, true);
	});
	const least = [];
	for (let round = 0; round < 3; round++) {
		let i = 0;
		for (const word of words) {
			await page.fill('input[type=search]', '');
			await page.waitForTimeout(100);
			await page.locator('input[type=search]').first().focus();
			for (const key of word) {
				const before = await used();
				await page.keyboard.press(key);
				await page.waitForFunction(() => window.np_key > 0);
				await page.waitForTimeout(60);
				const got = { wall: await page.evaluate(() => window.np_key),
					cpu: await used() - before };
				const old = least[i] ?? got;
				least[i++] = { wall: Math.min(old.wall, got.wall),
					cpu: Math.min(old.cpu, got.cpu) };
			}
		}
	}
	return { n: least.length, wall: Math.max(...least.map((x) => x.wall)),
		cpu: Math.max(...least.map((x) => x.cpu)) };
}

test('a keystroke of the filter takes less than 100 ms', async () => {
	const blank = path.join(OUT, 'field.html');
	fs.writeFileSync(blank, '<!doctype html><title>x</title>' +
		'<main id="np-main"><h1>x</h1><input type="search"></main>');
	const words = ['huawei', 'ne40e-x', 'de-00'];
	const bare = await openFile(blank);
	const idle = await keystrokes(bare.page, words.slice(0, 1));
	await bare.close();
	const one = await openFile(FILE);
	await turnTo(one.page, '#devices');
	const got = await keystrokes(one.page, words);
	note(`the worst of ${got.n}: ${got.wall.toFixed(0)} ms by the clock, ${
		got.cpu.toFixed(0)} by the processor; in a bare field ${
		idle.wall.toFixed(0)} and ${idle.cpu.toFixed(0)}`);
	holds(got.cpu < 100, `${got.cpu} ms of the processor`);
	// A field that does nothing has its answer in two frames.
	if (idle.wall < 50) holds(got.wall < 100, `${got.wall} ms`);
	else note('this machine is busy: the clock is not asked');
	quiet(one, 'filter');
	await one.close();
});

main(begin);
