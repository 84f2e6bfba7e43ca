// SPDX-License-Identifier: ISC
import { useEffect } from 'preact/hooks';
import { toLogin } from '../core/route.js';

export function Waiting({ t }) {
	return (
		<p class="waiting" role="status">
			{t('state.reading')}
		</p>
	);
}

// A server that does not know the reader sends to the login page.
export function Failure({ error, t, packs, router }) {
	const stranger = packs?.live && error.status === 401;
	useEffect(() => {
		if (stranger) router.go(toLogin(router.get()), true);
	}, [stranger]);
	if (stranger) return <Waiting t={t} />;
	const text =
		error.status === 403
			? t('state.forbidden')
			: error.status === 404
				? t('state.absent')
				: t('state.failed');
	return (
		<div class="notice" role="alert">
			<p>{text}</p>
			<p class="quiet mono">{String(error.message ?? error)}</p>
		</div>
	);
}
