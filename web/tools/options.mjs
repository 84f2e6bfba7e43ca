// SPDX-License-Identifier: ISC
// How the sources become one script; the page and its tests are made alike.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messagesOf } from './messages.mjs';
import { outlines } from './outlines.mjs';

export const web = resolve(dirname(fileURLToPath(import.meta.url)), '..');

// What is built in, under whose licence: its text is to go where the code goes.
function licencesIn(dir) {
	const { dependencies } = JSON.parse(
		readFileSync(join(web, 'package.json'), 'utf8'),
	);
	return Object.keys(dependencies)
		.sort()
		.map((name) => {
			const at = join(dir, 'node_modules', name);
			const { version, license } = JSON.parse(
				readFileSync(join(at, 'package.json'), 'utf8'),
			);
			const file = readdirSync(at).find((f) => /^licen[cs]e/i.test(f));
			return {
				name,
				version,
				license,
				text: readFileSync(join(at, file), 'utf8').trim(),
			};
		});
}

// {esbuild, options}: modules come from dir/node_modules; reading(path) hears
// of every file that is read besides what esbuild reads.
export function bundlerIn(dir, reading = () => {}) {
	const require = createRequire(join(dir, 'package.json'));
	const made = {
		licences: () => licencesIn(dir),
		messages: () => messagesOf(join(web, 'messages'), reading),
		land: () => outlines(require),
	};
	const plugin = {
		name: 'made',
		setup(build) {
			build.onResolve({ filter: /^made:/ }, ({ path }) => ({
				path: path.slice(5),
				namespace: 'made',
			}));
			build.onLoad({ filter: /.*/, namespace: 'made' }, ({ path }) => ({
				contents: JSON.stringify(made[path]()),
				loader: 'json',
			}));
		},
	};
	return {
		esbuild: require('esbuild'),
		options: {
			absWorkingDir: web,
			bundle: true,
			charset: 'utf8',
			legalComments: 'none',
			jsx: 'automatic',
			jsxImportSource: 'preact',
			nodePaths: [join(dir, 'node_modules')],
			plugins: [plugin],
		},
	};
}
