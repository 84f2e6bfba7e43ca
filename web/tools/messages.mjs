// SPDX-License-Identifier: ISC
// The messages of all languages, complete or not at all.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const LANGUAGES = ['en', 'de', 'it', 'ja'];

// The names in braces of a message, in any of its plural forms.
function blanks(message) {
	const text =
		typeof message === 'string'
			? message
			: Object.values(message).join(' ');
	return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' ');
}

// What is wrong between the English file and another language's.
export function gaps(english, other) {
	const wrong = [];
	for (const key of Object.keys(english)) {
		if (!(key in other)) wrong.push(`${key}: missing`);
		else if (blanks(english[key]) !== blanks(other[key])) {
			wrong.push(
				`${key}: has ${blanks(other[key]) || 'no blanks'}, not ${
					blanks(english[key]) || 'none'
				}`,
			);
		}
	}
	for (const key of Object.keys(other)) {
		if (!(key in english)) wrong.push(`${key}: not in en`);
	}
	return wrong;
}

// {en: {key: text}, ...} of PART.LANG.json and LANG.json in dir; throws with
// every gap in its message.
export function messagesOf(dir, reading = () => {}) {
	const all = Object.fromEntries(LANGUAGES.map((l) => [l, {}]));
	reading(dir); // a new file changes the folder
	for (const name of readdirSync(dir).sort()) {
		const m = name.match(/^(?:(\w+)\.)?(en|de|it|ja)\.json$/);
		if (!m) continue;
		reading(join(dir, name));
		Object.assign(
			all[m[2]],
			JSON.parse(readFileSync(join(dir, name), 'utf8')),
		);
	}
	const wrong = LANGUAGES.slice(1).flatMap((l) =>
		gaps(all.en, all[l]).map((w) => `messages ${l}: ${w}`),
	);
	if (wrong.length) throw new Error(wrong.join('\n'));
	return all;
}
