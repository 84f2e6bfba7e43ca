// SPDX-License-Identifier: ISC
// The way in. A one-time address needs no page: the server answers it itself.
import { useState } from 'preact/hooks';

export function Login({ packs, router, t }) {
	const [wrong, setWrong] = useState(null);
	const [busy, setBusy] = useState(false);

	async function enter(event) {
		event.preventDefault();
		const form = new FormData(event.currentTarget);
		setBusy(true);
		try {
			packs.know(
				await packs.live.login(
					form.get('user'),
					form.get('password'),
					t.lang,
				),
			);
			const { to = 'verdict', ...rest } = router.get();
			router.go({ ...rest, page: to });
		} catch (error) {
			setWrong(
				error.status === 401
					? t('login.wrong')
					: error.status === 429
						? t('login.later')
						: error.message,
			);
			setBusy(false);
		}
	}
	// A server without accounts lets in by the address that it printed.
	if (packs.live.who()?.accounts === false) {
		return <p class="notice">{t('login.address')}</p>;
	}
	return (
		<form class="form" onSubmit={enter}>
			<p class="quiet">{t('login.why')}</p>
			<label>
				<span>{t('login.name')}</span>
				<input
					name="user"
					autocomplete="username"
					required
					maxLength={64}
				/>
			</label>
			<label>
				<span>{t('login.password')}</span>
				<input
					name="password"
					type="password"
					autocomplete="current-password"
					required
					maxLength={1024}
				/>
			</label>
			<p role="alert" class={wrong ? 'notice' : 'unseen'}>
				{wrong}
			</p>
			<button type="submit" class="primary" disabled={busy}>
				{t('login.send')}
			</button>
		</form>
	);
}
