// SPDX-License-Identifier: ISC
// The wheel's and the fingers' work as buttons.

export function PanTools({ t, zoom, views, children }) {
	return (
		<div class="chart-tools" role="toolbar" aria-label={t('chart.view')}>
			<button
				type="button"
				aria-label={t('chart.closer')}
				onClick={() => zoom(1.6)}>
				+
			</button>
			<button
				type="button"
				aria-label={t('chart.farther')}
				onClick={() => zoom(1 / 1.6)}>
				−
			</button>
			{views.map(([word, go]) => (
				<button type="button" key={word} onClick={go}>
					{word}
				</button>
			))}
			{children}
		</div>
	);
}
