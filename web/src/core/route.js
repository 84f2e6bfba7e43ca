// SPDX-License-Identifier: ISC
// What is shown stands in the address's fragment: #PAGE?key=value&... A list is
// values with commas between, each escaped. The same address shows the same.
import { FACETS, LAW } from './filter.js';

export const PAGES = [
	'verdict',
	'map',
	'topology',
	'flow',
	'treemap',
	'burndown',
	'gantt',
	'devices',
	'method',
	'upload',
	'login',
	'print',
];
const LISTS = new Set([...FACETS, LAW]);
const STAYS = ['lang'];

const LATER = 1000;

const decode = (text) => {
	try {
		return decodeURIComponent(text.replace(/\+/g, ' '));
	} catch {
		return text;
	}
};

// {page, q, sort, open, lang, status: [], ...} of a fragment; what is not
// known of an address that somebody sent is kept as text, never trusted.
export function parse(fragment) {
	const [page, query = ''] = fragment.replace(/^#\/?/, '').split(/\?(.*)/s);
	const route = Object.create(null);
	route.page = PAGES.includes(page) ? page : 'verdict';
	for (const pair of query.split('&')) {
		const [key, value = ''] = pair.split(/=(.*)/s);
		if (!/^[a-z][a-z_]*$/.test(key) || key === 'page' || !value) continue;
		route[key] = LISTS.has(key)
			? value.split(',').filter(Boolean).map(decode)
			: decode(value);
	}
	return route;
}

export function format(route) {
	const pairs = Object.keys(route)
		.filter((k) => k !== 'page')
		.sort()
		.map((key) => {
			const value = route[key];
			const text = Array.isArray(value)
				? value.map(encodeURIComponent).join(',')
				: encodeURIComponent(value ?? '');
			return text && `${key}=${text}`;
		})
		.filter(Boolean);
	return `#${route.page}${pairs.length ? `?${pairs.join('&')}` : ''}`;
}

// Another page: what is filtered stays behind unless it is given.
export function turned(route, page, rest = {}) {
	const next = { page, ...rest };
	for (const key of STAYS) if (route[key]) next[key] ??= route[key];
	return next;
}

// The way in, and where to go from there.
export function toLogin(route) {
	return route.page === 'login'
		? route
		: { ...route, page: 'login', to: route.page };
}

export function routerOf(window) {
	const heard = new Set();
	let route = parse(window.location.hash);
	window.addEventListener('hashchange', () => {
		route = parse(window.location.hash);
		heard.forEach((f) => f(route));
	});
	// Browsers refuse an address that changes too often (Safari: a hundred times
	// in half a minute); the last one is written when they take it again.
	let later = 0;
	function write(hash) {
		clearTimeout(later);
		try {
			window.history.replaceState(null, '', hash);
		} catch {
			later = setTimeout(() => write(hash), LATER);
		}
	}

	return {
		get: () => route,
		// Sets the address; replace: no step of its own in the history.
		go(next, replace = false) {
			const hash = format(next);
			if (hash === format(route)) return;
			if (!replace) {
				clearTimeout(later);
				window.location.hash = hash;
				return;
			}
			write(hash);
			route = parse(hash);
			heard.forEach((f) => f(route));
		},
		listen(f) {
			heard.add(f);
			return () => heard.delete(f);
		},
	};
}
