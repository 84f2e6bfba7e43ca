// SPDX-License-Identifier: ISC
// A status is a shape, a colour and a word, never a colour alone. The shapes are
// drawn on 12 by 12 and keep their outline in print and in high contrast.

const SHAPES = {
	in_scope: <rect x="1.5" y="1.5" width="9" height="9" />,
	component_in_scope: (
		<>
			<rect class="ring" x="1.5" y="1.5" width="9" height="9" />
			<path d="M1.5 6h9v4.5h-9z" />
		</>
	),
	contested: (
		<>
			<rect class="ring" x="1.5" y="1.5" width="9" height="9" />
			<path class="cut" d="M3.5 3.5l5 5M8.5 3.5l-5 5" />
		</>
	),
	not_judged: <path class="cut" d="M1.5 6h2.5M7.5 6h3" />,
	undetermined: <path d="M6 .8 11.2 6 6 11.2 .8 6z" />,
	exempt: (
		<>
			<circle cx="6" cy="6" r="4.5" />
			<path class="cut" d="M3 9 9 3" />
		</>
	),
	not_in_scope: <circle cx="6" cy="6" r="4.5" />,
	not_bound: <path d="M6 1.2 11 10.5H1z" />,
	no_rule: <path class="cut" d="M1.5 6h9" />,
	none: <path class="cut" d="M3.5 6h5" />,
	other: <circle cx="6" cy="6" r="4.5" />,
	confirmed: <circle cx="6" cy="6" r="4.7" />,
	probable: (
		<>
			<circle class="ring" cx="6" cy="6" r="4.7" />
			<path d="M6 6V1.3A4.7 4.7 0 1 1 1.3 6z" />
		</>
	),
	possible: (
		<>
			<circle class="ring" cx="6" cy="6" r="4.7" />
			<path d="M6 1.3a4.7 4.7 0 0 1 0 9.4z" />
		</>
	),
	disputed: (
		<>
			<circle class="ring" cx="6" cy="6" r="4.7" />
			<path class="cut" d="M3.4 3.4l5.2 5.2M8.6 3.4 3.4 8.6" />
		</>
	),
	unknown: <circle class="ring dash" cx="6" cy="6" r="4.7" />,
};

export function Shape({ kind }) {
	return (
		<svg
			class={`shape is-${SHAPES[kind] ? kind : 'other'}`}
			viewBox="0 0 12 12"
			width="12"
			height="12"
			aria-hidden="true"
			focusable="false">
			{SHAPES[kind] ?? SHAPES.other}
		</svg>
	);
}

// secondary: the law's text was not read; that is said wherever it decides.
export function Status({ t, value, secondary, brief }) {
	return (
		<span class="mark">
			<Shape kind={value} />
			{t.word('status', value)}
			{secondary && (
				<span class="quiet small" title={t('law.secondary_why')}>
					{brief ? (
						<sup aria-label={t('law.not_read')} role="img">
							†
						</sup>
					) : (
						t('law.not_read')
					)}
				</span>
			)}
		</span>
	);
}

export function Verdict({ t, value }) {
	return (
		<span class="mark">
			<Shape kind={value} />
			{t.word('verdict', value)}
		</span>
	);
}
