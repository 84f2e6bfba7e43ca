// SPDX-License-Identifier: ISC
// What the interface says, in the reader's language. Texts of devices, files
// and laws are not ours and are never looked up here.
import messages from 'made:messages';

export const LANGUAGES = Object.keys(messages);
export const NAMES = {
	en: 'English',
	de: 'Deutsch',
	it: 'Italiano',
	ja: '日本語',
};

// t(key, blanks) with t.n (numbers), t.day (ISO day), t.share (0..1), t.word
// (an enumerated word such as a status, as it is where no language has it).
export function wordsIn(lang) {
	const own = messages[lang] ? lang : 'en';
	const table = messages[own];
	// Days in English as the documents write them: 23 November 2026.
	const locale = own === 'en' ? 'en-GB' : own;
	const plural = new Intl.PluralRules(own);
	const number = new Intl.NumberFormat(locale);
	const percent = new Intl.NumberFormat(locale, {
		style: 'percent',
		maximumFractionDigits: 1,
	});
	const date = new Intl.DateTimeFormat(locale, {
		timeZone: 'UTC',
		year: 'numeric',
		month: 'long',
		day: 'numeric',
	});

	function t(key, blanks = {}) {
		let text = table[key];
		if (text === undefined) return key;
		if (typeof text === 'object') {
			text = text[plural.select(blanks.n ?? 0)] ?? text.other;
		}
		return text.replace(/\{(\w+)\}/g, (_, name) => {
			const value = blanks[name];
			return typeof value === 'number'
				? number.format(value)
				: String(value ?? '');
		});
	}
	t.lang = own;
	t.english = (key) => messages.en[key];
	t.n = (value) =>
		value === null || value === undefined ? '–' : number.format(value);
	t.share = (value) =>
		value === null || value === undefined ? '–' : percent.format(value);
	t.day = (iso) => {
		const at = /^\d{4}-\d\d-\d\d/.test(iso ?? '')
			? Date.parse(`${iso.slice(0, 10)}T00:00:00Z`)
			: NaN;
		return Number.isNaN(at) ? (iso ?? '–') : date.format(at);
	};
	t.word = (kind, value) =>
		table[`${kind}.${value}`] === undefined
			? (value ?? '–')
			: t(`${kind}.${value}`);
	// Days to a date, or past it: no word of blame (house rule).
	t.days = (days) =>
		days === null || days === undefined
			? '–'
			: days > 0
				? t('days.left', { n: days })
				: days < 0
					? t('days.ago', { n: -days })
					: t('days.today');
	return t;
}

// 2026-11-23T09:00:00.000000000Z to the minute, in UTC as it is written.
export const instant = (iso) =>
	(iso ?? '–')
		.replace('T', ' ')
		.replace(/(\d\d:\d\d):\d\d(\.\d+)?Z?$/, '$1 UTC');
