// SPDX-License-Identifier: ISC
// What persons state of a device; and, where a server asks for it and the role
// allows it, the way to state something.
export function Statements({ known, t }) {
	const said = known.statements ?? [];
	return (
		<section aria-labelledby="np-said">
			<h3 id="np-said">{t('drawer.statements')}</h3>
			{!said.length && <p class="quiet">{t('drawer.statements_none')}</p>}
			<ul class="said">
				{said.map((s, i) => <li key={i} class="text">
					<strong>{s.kind ?? s.verb}</strong> {s.text ?? s.reason}
					<span class="quiet"> {s.key ?? s.by} {s.on}</span></li>)}
			</ul>
		</section>
	);
}
