// SPDX-License-Identifier: ISC
// Bars of shares. What was not looked at is hatched: it is not the same as none.
import { useState } from 'preact/hooks';
import { Shape } from './Mark.jsx';

// Each drawing has its own pattern: one in a part that is not shown (the sheets
// for paper) would draw nothing in the others.
let hatches = 0;

function Hatch({ id }) {
	return (
		<defs>
			<pattern
				id={id}
				width="6"
				height="6"
				patternUnits="userSpaceOnUse"
				patternTransform="rotate(45)">
				<rect class="hatchground" width="6" height="6" />
				<rect class="hatchline" width="2" height="6" />
			</pattern>
		</defs>
	);
}

// The share that was looked at, plain; the rest hatched.
export function CoverageBar({ share, state }) {
	const [id] = useState(() => `np-hatch-${++hatches}`);
	const wide = Math.max(0, Math.min(1, share ?? 0)) * 240;
	return (
		<svg
			class="coverbar"
			viewBox="0 0 240 14"
			preserveAspectRatio="none"
			aria-hidden="true"
			focusable="false">
			<Hatch id={id} />
			<rect
				x=".5"
				y=".5"
				width="239"
				height="13"
				fill={`url(#${id})`}
				class="coverframe"
			/>
			{wide > 0 && (
				<rect
					x=".5"
					y=".5"
					width={Math.max(1, wide - 1)}
					height="13"
					class={`cover-${state}`}
				/>
			)}
		</svg>
	);
}

// parts: [{key, n, label}]; a segment each, in order, and words beside them.
export function StackBar({ parts, wide = 400, high = 14 }) {
	const all = parts.reduce((sum, p) => sum + p.n, 0);
	let x = 0;
	return (
		<svg
			class="stackbar"
			viewBox={`0 0 ${wide} ${high}`}
			preserveAspectRatio="none"
			aria-hidden="true"
			focusable="false">
			{parts
				.filter((p) => p.n > 0)
				.map((p) => {
					const from = x;
					x += (p.n / all) * wide;
					return (
						<rect
							key={p.key}
							class={`seg is-${p.key}`}
							x={from}
							y="0"
							width={Math.max(1, x - from)}
							height={high}
						/>
					);
				})}
		</svg>
	);
}

export function Legend({ t, parts, kind, onChoose }) {
	return (
		<ul class="legend">
			{parts.map((p) => (
				<li key={p.key}>
					{onChoose && p.n > 0 ? (
						<button
							type="button"
							class="quietbutton"
							onClick={() => onChoose(p.key)}>
							<Entry t={t} p={p} kind={kind} />
						</button>
					) : (
						<Entry t={t} p={p} kind={kind} />
					)}
				</li>
			))}
		</ul>
	);
}

function Entry({ t, p, kind }) {
	return (
		<span class="mark">
			<Shape kind={p.key} />
			<strong>{t.n(p.n)}</strong> {t.word(kind, p.key)}
		</span>
	);
}
