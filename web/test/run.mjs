// SPDX-License-Identifier: ISC
// Runs one test of the page's sources: node web/test/run.mjs DIR NAME. It is
// bundled as the page is, since its modules lie in DIR.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundlerIn, web } from '../tools/options.mjs';

const [dir, name] = [resolve(process.argv[2]), process.argv[3]];
if (!existsSync(join(dir, 'node_modules'))) {
	console.log(`nothing was fetched into ${dir}`);
	process.exit(77); // skipped, for meson
}
const { esbuild, options } = bundlerIn(dir);
const outfile = join(dir, 'test', `${name}.mjs`);
await esbuild.build({
	...options,
	outfile,
	platform: 'node',
	format: 'esm',
	entryPoints: [`test/${name}.test.mjs`],
});
const { status } = spawnSync(process.execPath, ['--test', outfile], {
	stdio: 'inherit',
	cwd: web,
});
process.exit(status ?? 1);
