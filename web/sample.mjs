// SPDX-License-Identifier: ISC
// Sample packs to work on the page against: node web/sample.mjs DIR AUDIT.json [N]
//
// AUDIT.json is what `nameplate audit … --json` prints; its devices are repeated
// until there are N. DIR/shell.html must be built. Writes DIR/sample.html.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

const [dir, path, many] = process.argv.slice(2);
const audit = JSON.parse(readFileSync(path, 'utf8'));
const n = Number(many ?? audit.devices.length);
const ORDER = ['in scope', 'undetermined', 'exempt', 'not in scope', 'not bound',
	'no rule on file'];
const KEY = { 'no rule on file': 'no_rule' };
const key = (status) => KEY[status] ?? status.replace(/ /g, '_');
const plain = (status) => status.replace(/ \(.*/, '');
// Hostile texts, as a device might give them.
const HOSTILE = ['<script>alert(1)</script>', '"><img src=x onerror=alert(2)>',
	'javascript:alert(3)', '=HYPERLINK("http://x")', 'abc\\u202egnp.exe',
	'\\u0000\\u001b[31mred', '{{7*7}} ${7*7}', "' onfocus=alert(4) '"];

const findings = new Map();
for (const f of audit.findings) {
	if (!findings.has(f.device)) findings.set(f.device, []);
	findings.get(f.device).push({ ...f, status: key(plain(f.status)) });
}
const strongest = (list) => [...list].sort((a, b) =>
	ORDER.map(key).indexOf(a.status) - ORDER.map(key).indexOf(b.status))[0];

function dict(values) {
	const at = new Map();
	const v = values.map((value) => {
		if (value === null || value === undefined) return -1;
		if (!at.has(value)) at.set(value, at.size);
		return at.get(value);
	});
	return { dict: [...at.keys()], v };
}

const rows = Array.from({ length: n }, (_, i) => {
	const d = audit.devices[i % audit.devices.length];
	const copy = Math.floor(i / audit.devices.length);
	const f = strongest(findings.get(d.id) ?? []);
	const site = d.site && (copy ? `${d.site.slice(0, 2)}-${copy % 900 + 10}` : d.site);
	return { d, f, site, id: copy ? `${d.id}-${copy}` : d.id,
		name: i % 37 === 36 ? HOSTILE[Math.floor(i / 37) % HOSTILE.length]
			: (d.keys.name?.[0] ?? null) && `${d.keys.name[0]}${copy ? `-${copy}` : ''}`,
		ip: d.keys.ip?.[0]?.replace(/\d+$/, (x) => (Number(x) + copy) % 250) ?? null };
});
const column = (get) => rows.map(get);
const evidence = new Map();
rows.forEach((r, row) => {
	if (findings.has(r.d.id) && row < 3000) evidence.set(row, Math.floor(row / 200));
});
const devices = { n, columns: {
	id: column((r) => r.id), name: column((r) => r.name),
	site: dict(column((r) => r.site)),
	country: dict(column((r) => r.site?.slice(0, 2) ?? null)),
	maker: dict(column((r) => r.d.maker)),
	maker_name: dict(column((r) => r.d.maker_name)),
	verdict: dict(column((r) => r.d.verdict)),
	function: dict(column((r) => r.d.function)),
	model: dict(column((r) => r.d.model)),
	version: dict(column((r) => r.d.version)),
	serial: column((r) => r.d.serial), address: column((r) => r.ip),
	mac: column((r) => r.d.keys.mac?.[0] ?? null),
	status: dict(column((r) => r.f?.status ?? 'none')),
	laws: dict(column((r) => (findings.get(r.d.id) ?? []).filter((f) => f.clause)
		.map((f) => `${f.clause.split('/')[0]}=${f.status}`).sort().join(' ') || null)),
	clause: dict(column((r) => r.f?.clause ?? null)),
	due: dict(column((r) => r.f?.date ?? null)),
	days: column((r) => r.f?.days ?? null),
	confidence: column((r) => r.d.confidence),
	cases: dict(column((r) => r.d.like_cases?.join('/') ?? null)),
	obtained: dict(column(() => null)),
	zone: dict(column((r) => (r.site === 'DE-1' ? 'Vossdorf barracks' : null))),
	behind: column((r, i) => (i % 11 ? null : i % 7)),
	wave: column((r) => (r.f?.status === 'in_scope' ? 1 : null)),
	evidence: column((r, row) => evidence.get(row) ?? -1),
}, subscribers: audit.subscribers };

const hexOf = (text) => Buffer.from(text, 'utf8').toString('hex');

function evidenceOf({ d, id }) {
	const facts = new Map();
	for (const [list, so] of [[d.claims, true], [d.contradictions, false]]) {
		for (const c of list) {
			const at = `${c.sighting}/${c.field}/${so}`;
			const source = audit.sources[c.source - 1];
			if (so && d.contradictions.some((x) => x.sighting === c.sighting &&
				x.field === c.field)) continue;
			if (!facts.has(at)) {
				facts.set(at, { field: c.field, value: c.text, hex: hexOf(c.text),
					scope: c.scope, reach: c.reach, settable: /name|descr/.test(c.field),
					at: c.at, unit: c.unit, place: c.place, source: c.source,
					source_name: source.name, sha256: source.sha256, count: 1 + c.at % 5,
					origin: source.origin, for: so, claims: [] });
			}
			facts.get(at).claims.push({ what: c.what, maker: c.maker, value: c.value,
				grade: c.grade, rule: c.rule, group: c.group, lowered: false });
		}
	}
	return { id, device: { ...d, id }, facts: [...facts.values()],
		findings: (findings.get(d.id) ?? []).map((f) => ({ ...f,
			quote: f.clause?.startsWith('de-5g') ? 'Die Verträge verpflichten die Mobilfunkbetreiber, bis spätestens Ende 2026 keine kritischen Komponenten der Hersteller Huawei und ZTE mehr in ihren 5G-Kernnetzen einzusetzen.' : null,
			quote_lang: 'de', translation: f.clause?.startsWith('de-5g') ? { lang: 'en',
				text: 'The contracts oblige the mobile operators to use no critical components of the makers Huawei and ZTE in their 5G core networks from the end of 2026 at the latest.',
				unofficial: true } : null,
			missing: f.missing ? f.missing.split('; ') : [] })),
		settles: d.verdict === 'confirmed' ? null
			: 'An SNMP walk of the system group: nameplate poll 10.49.1.9 --go',
		statements: audit.statements.filter((s) => s.device === d.id) };
}

const packs = new Map([['devices', devices]]);
for (const [row, number] of evidence) {
	const name = `evidence-${number}`;
	if (!packs.has(name)) packs.set(name, { devices: {} });
	packs.get(name).devices[row] = evidenceOf(rows[row]);
}

const laws = new Map();
for (const f of audit.findings) {
	if (!f.clause) continue;
	const policy = f.clause.split('/')[0];
	if (!laws.has(policy)) {
		laws.set(policy, { policy, jurisdiction: f.jurisdiction,
			title: f.text.split(':')[0], title_native: policy.startsWith('de-5g')
				? 'Öffentlich-rechtliche Verträge mit den Mobilfunkbetreibern' : null,
			certainty: f.sure, counts: {}, next_date: null, days: null });
	}
	const law = laws.get(policy);
	const status = key(plain(f.status));
	law.counts[status] = (law.counts[status] ?? 0) + 1;
	if (f.days !== null && status === 'in_scope' &&
		(law.days === null || Math.abs(f.days) < Math.abs(law.days))) {
		[law.next_date, law.days] = [f.date, f.days];
	}
}
const count = (get) => audit.devices.reduce((all, d) => {
	all[get(d)] = (all[get(d)] ?? 0) + 1;
	return all;
}, {});
const sum = (get) => audit.sources.reduce((a, s) => a + (get(s) ?? 0), 0);
packs.set('verdict', {
	operator: 'Demonstration operator', as_of: audit.as_of,
	opening: ['This says what was read, and which published rule names it. It is no legal advice, and no statement about any company\u2019s conduct.'],
	read: { sources: audit.sources.length, frames: sum((s) => s.frames),
		octets: sum((s) => s.bytes), first: '2026-11-23T09:00:00Z',
		last: '2026-11-23T09:20:00Z', origins: audit.sources.reduce((all, s) => {
			all[s.origin] = (all[s.origin] ?? 0) + 1;
			return all;
		}, {}), withheld: 3, unreadable: 0, evidence: true },
	seal: { sealed: false, signers: [], root: null },
	devices: { n: audit.devices.length, subscribers: audit.summary.subscribers,
		...count((d) => d.verdict) },
	coverage: [
		{ site: 'DE-1', country: 'DE', state: 'looked', share: 1, methods: ['capture', 'snmp'], text: 'A mirror port heard the site for 20 minutes.' },
		{ site: 'IT-1', country: 'IT', state: 'part', share: .42, methods: ['capture'], text: 'One of two prefixes was listened to.' },
		{ site: 'JP-2', country: 'JP', state: 'not_heard', share: 1, methods: ['capture'], text: 'Not heard from 09:00 to 17:00 by capture; optical terminals cannot be heard there.' },
		{ site: 'US-2', country: 'US', state: 'not_looked', share: 0, methods: [], text: 'Declared, and not looked at.' },
		{ site: 'GB-1', country: 'GB', state: 'looked', share: .9, methods: ['capture', 'walk'], text: 'Listened to and asked.' }],
	laws: [...laws.values()].filter((l) => Object.keys(l.counts).length),
	places: [],
	actions: [
		{ text: 'Plan the removal of 2 boxes in DE-1 before 31 December 2026.', why: 'The contracts of 2024 name the 5G core.', command: 'nameplate plan demo.dossier --as-of 2026-11-23' },
		{ text: 'Look at US-2.', why: 'It is declared and nothing was listened to there.', command: 'nameplate listen eth1 --site US-2' },
		{ text: 'State when J02 was obtained.', why: 'It decides one undetermined finding.', command: 'nameplate attest demo.dossier d-23f8 --fact obtained=2023-02-01' }],
	limits: ['Silence is no absence: a box that never spoke where somebody listened is not in this report.', 'Whether equipment is safe is not judged.'],
});
const wide = (name) => createHash('sha256').update(name).digest('hex');
packs.set('method', {
	program: 'nameplate 0.1.0',
	knowledge: Object.entries(audit.knowledge).map(([name, k]) => ({ name: k.from ? `${name} (${k.from})` : name, date: k.date ?? null, sha256: k.sha256 ?? wide(name) })).slice(0, 14),
	policies: [...laws.values()].map((l) => ({ id: l.policy, title: l.title, title_native: l.title_native, citation: audit.findings.find((f) => f.clause?.startsWith(l.policy)).citation, url: 'https://example.org/law', certainty: l.certainty, quote: l.title_native ? 'Die Verträge verpflichten die Mobilfunkbetreiber …' : null, quote_lang: 'de', read_on: '2026-11-23' })),
	sources: audit.sources.map((s, i) => ({ ...s, n: i + 1, octets: s.bytes })),
	dossier: { root: wide('root') },
	reproduce: ['nameplate audit examples/operator -o again.dossier --as-of 2026-11-23', 'nameplate diff demo.dossier again.dossier'],
	dropped: [{ field: 'dhcp.host_name', n: 3 }, { field: 'radius.user_name', n: 1 }],
	confirmed: 'Two independent groups of evidence name the same maker, one of them at grade E4, and nothing of weight contradicts.',
});
for (const file of process.env.PACKS?.split(',').filter(existsSync) ?? []) {
	const pack = JSON.parse(readFileSync(file, 'utf8'));
	packs.set(pack.view, pack);
}
const CHARTS = join(new URL('.', import.meta.url).pathname, 'sample/charts.mjs');
if (existsSync(CHARTS)) {
	const { chartsOf } = await import(CHARTS);
	for (const [name, pack] of Object.entries(chartsOf(audit, devices, rows))) packs.set(name, pack);
}

const boot = { schema: 'nameplate.page/1', live: false, audience: 'engineer',
	mark: 'Engineer — for those who run this network; not for publication',
	lang: 'en', title: 'Demonstration operator', as_of: audit.as_of,
	packs: [...packs.keys()].filter((p) => !p.startsWith('evidence')),
	evidence: [...packs.keys()].filter((p) => p.startsWith('evidence')).length };
const tags = [`<script type="application/json" id="np-boot">${JSON.stringify(boot)}</script>`];
for (const [name, pack] of packs) {
	const text = JSON.stringify({ schema: 'nameplate.view/1', view: name, ...pack });
	tags.push(`<script type="application/octet-stream" id="np-${name}">${
		deflateSync(text).toString('base64')}</script>`);
}
const csp = readFileSync(join(dir, 'shell.csp'), 'utf8');
const page = readFileSync(join(dir, 'shell.html'), 'utf8')
	.replace('<!--np:meta-->', () => `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ${csp}; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"><title>sample</title>`)
	.replace('<!--np:packs-->', () => tags.join('\n'));
writeFileSync(join(dir, 'sample.html'), page);
console.log(`sample.html: ${page.length} octets, ${n} devices`);
