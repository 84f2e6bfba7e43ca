// SPDX-License-Identifier: ISC
// What stands around every page: class mark, name, navigation, foot.
import { useEffect, useRef, useState } from 'preact/hooks';
import { turned, format } from '../core/route.js';
import { LANGUAGES, NAMES } from '../core/words.js';
import { pagesFor } from '../pages/pages.jsx';
import { Plate } from './Plate.jsx';

export function Frame({ packs, route, router, t, heading, children }) {
	const { boot } = packs;
	return (
		<div class={`frame ${boot.mark ? 'is-marked' : ''}`}>
			<a class="skip" href="#np-main" onClick={skip}>
				{t('frame.skip')}
			</a>
			{boot.mark && (
				<aside class="classmark" aria-label={t('frame.mark')}>
					{boot.mark}
				</aside>
			)}
			<header class="head">
				<Plate />
				<Navigation packs={packs} route={route} t={t} />
				<Settings route={route} router={router} t={t} packs={packs} />
			</header>
			<main id="np-main" class={`main page-${route.page}`} tabIndex={-1}>
				<div class="title">
					<h1 ref={heading} tabIndex={-1}>
						{t(`page.${route.page}`)}
					</h1>
					{boot.title && boot.title !== 'nameplate' && (
						<p class="quiet text">
							{boot.title.replace(/^nameplate: /, '')}
						</p>
					)}
				</div>
				{children}
			</main>
			<Foot boot={boot} route={route} t={t} />
		</div>
	);
}

// The fragment is the address of what is shown, so a skip link may not set it.
function skip(event) {
	event.preventDefault();
	document.getElementById('np-main').focus();
}

function Navigation({ packs, route, t }) {
	const nav = useRef();
	// On a narrow screen the pages lie in a row that scrolls.
	useEffect(() => {
		const here = nav.current.querySelector('[aria-current]');
		if (here)
			nav.current.scrollLeft =
				here.offsetLeft - nav.current.clientWidth / 3;
	}, [route.page, t]);
	return (
		<nav class="nav" ref={nav} aria-label={t('frame.pages')}>
			<ul>
				{pagesFor(packs).map((name) => (
					<li key={name}>
						<a
							href={format(turned(route, name))}
							aria-current={
								name === route.page ? 'page' : undefined
							}>
							{t(`page.${name}`)}
						</a>
					</li>
				))}
			</ul>
		</nav>
	);
}

const THEMES = ['auto', 'light', 'dark'];

function kept() {
	try {
		return localStorage.getItem('np-theme') ?? 'auto';
	} catch {
		return 'auto';
	}
}

function Settings({ route, router, t, packs }) {
	const [theme, setTheme] = useState(kept);
	useEffect(() => {
		document.documentElement.dataset.theme = theme;
		try {
			localStorage.setItem('np-theme', theme);
		} catch {
			/* not kept */
		}
	}, [theme]);
	return (
		<div class="settings">
			{packs.live && packs.boot.role && (
				<Reader packs={packs} router={router} t={t} />
			)}
			<label>
				<span>{t('frame.language')}</span>
				<select
					value={t.lang}
					onChange={(e) =>
						router.go({ ...route, lang: e.currentTarget.value })
					}>
					{LANGUAGES.map((l) => (
						<option key={l} value={l} lang={l}>
							{NAMES[l]}
						</option>
					))}
				</select>
			</label>
			<label>
				<span>{t('frame.theme')}</span>
				<select
					value={theme}
					onChange={(e) => setTheme(e.currentTarget.value)}>
					{THEMES.map((name) => (
						<option key={name} value={name}>
							{t(`theme.${name}`)}
						</option>
					))}
				</select>
			</label>
		</div>
	);
}

// Who reads here, as what, and the way out.
function Reader({ packs, router, t }) {
	const leave = () =>
		packs.live
			.logout()
			.catch(() => null)
			.then(() => {
				packs.know(null);
				router.go({ page: 'login' });
			});
	return (
		<div class="reader">
			<p class="text">
				<strong>{packs.boot.user}</strong>
				<br />
				<span class="quiet">{t('frame.role')}</span>{' '}
				{t.word('role', packs.boot.role)}
			</p>
			<button type="button" onClick={leave}>
				{t('frame.logout')}
			</button>
		</div>
	);
}

function Foot({ boot, route, t }) {
	return (
		<footer class="foot">
			{(!boot.live || boot.role) && (
				<p>
					<a href={format(turned(route, 'print'))}>
						{t('frame.print')}
					</a>
				</p>
			)}
			{t.lang !== 'en' && <p>{t('law.unofficial')}</p>}
			<p>{t(boot.live ? 'frame.live' : 'frame.offline')}</p>
			{boot.as_of && (
				<p>{t('frame.as_of', { day: t.day(boot.as_of) })}</p>
			)}
		</footer>
	);
}
