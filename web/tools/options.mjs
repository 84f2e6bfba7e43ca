// SPDX-License-Identifier: ISC
// How the sources become one script; the page and its tests are made alike.
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messagesOf } from './messages.mjs';
import { outlines } from './outlines.mjs';

export const web = resolve(dirname(fileURLToPath(import.meta.url)), '..');

// {esbuild, options}: modules come from dir/node_modules; reading(path) hears
// of every file that is read besides what esbuild reads.
export function bundlerIn(dir, reading = () => {}) {
	const require = createRequire(join(dir, 'package.json'));
	const made = {
		messages: () => messagesOf(join(web, 'messages'), reading),
		land: () => outlines(require),
	};
	const plugin = {
		name: 'made',
		setup(build) {
			build.onResolve({ filter: /^made:/ }, ({ path }) => ({
				path: path.slice(5), namespace: 'made' }));
			build.onLoad({ filter: /.*/, namespace: 'made' }, ({ path }) => ({
				contents: JSON.stringify(made[path]()), loader: 'json' }));
		},
	};
	return {
		esbuild: require('esbuild'),
		options: {
			absWorkingDir: web,
			bundle: true, charset: 'utf8', legalComments: 'none',
			jsx: 'automatic', jsxImportSource: 'preact',
			nodePaths: [join(dir, 'node_modules')],
			plugins: [plugin],
		},
	};
}
