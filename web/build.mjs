// SPDX-License-Identifier: ISC
// Builds the page: node web/build.mjs DIR [DEPFILE]
//
// DIR holds node_modules (tools/fetch-web.sh puts them there) and gets
// shell.html, one file with one style and one classic script, and shell.csp, the
// hashes of both as a Content-Security-Policy names them. The same input gives
// the same bytes.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundlerIn, web } from './tools/options.mjs';

const LARGEST = 1500000;
const dir = resolve(process.argv[2] ?? join(web, '../build/web'));
const depfile = process.argv[3];

const used = new Set(
	[
		'build.mjs',
		'tools/options.mjs',
		'tools/messages.mjs',
		'tools/outlines.mjs',
	].map((name) => join(web, name)),
);
const read = (name) => {
	used.add(join(web, name));
	return readFileSync(join(web, name), 'utf8');
};

const { esbuild, options } = bundlerIn(dir, (path) => used.add(path));
const made = await esbuild.build({
	...options,
	entryPoints: ['src/main.jsx'],
	write: false,
	minify: true,
	metafile: true,
	format: 'iife',
	target: ['es2020'],
});
const script = made.outputFiles[0].text.trim();
const STYLES = ['style', 'pages', 'devices', 'charts/charts', 'paper'].map(
	(name) => `src/${name}.css`,
);
const style = (
	await esbuild.transform(STYLES.map(read).join('\n'), {
		loader: 'css',
		minify: true,
		charset: 'utf8',
	})
).code.trim();
for (const path of Object.keys(made.metafile.inputs)) {
	if (!path.startsWith('made:')) used.add(resolve(web, path));
}

if (/<\/(script|style)|<!--/i.test(script + style)) {
	throw new Error('a tag of HTML inside the script or the style');
}
const shell = read('src/shell.html')
	.replace('/*np:style*/', () => style)
	.replace('/*np:script*/', () => script);
const octets = Buffer.byteLength(shell);
if (octets > LARGEST) throw new Error(`shell.html: ${octets} octets`);

const hash = (text) =>
	`'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
writeFileSync(join(dir, 'shell.html'), shell);
writeFileSync(
	join(dir, 'shell.csp'),
	`script-src ${hash(script)}; style-src ${hash(style)}`,
);
if (depfile) {
	const names = [...used].sort().map((path) => path.replace(/ /g, '\\ '));
	writeFileSync(depfile, `web/shell.html: ${names.join(' ')}\n`);
}
console.log(`web: shell.html has ${octets} octets`);
