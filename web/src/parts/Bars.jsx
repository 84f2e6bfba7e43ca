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
				<rect class="hatchline" width="2" height="6" />
			</pattern>
		</defs>
	);
}

// How places were looked at, from the best to none at all.
export const LOOKED = ['looked', 'part', 'not_heard', 'not_looked'];

function useHatch() {
	const [id] = useState(() => `np-hatch-${++hatches}`);
	return id;
}

// parts: [{state, share}], shares of the whole; not looked at is hatched.
export function CoverageBar({ parts }) {
	const id = useHatch();
	let x = 0;
	return (
		<svg
			class="coverbar"
			viewBox="0 0 1000 18"
			preserveAspectRatio="none"
			aria-hidden="true"
			focusable="false">
			<Hatch id={id} />
			{parts.map(({ state, share }) => {
				const from = x;
				x += share * 1000;
				return (
					<Covered
						key={state}
						id={id}
						state={state}
						x={from}
						wide={x - from}
					/>
				);
			})}
		</svg>
	);
}

function Covered({ id, state, x, wide, high = 18 }) {
	const hatched = state === 'not_looked' || state === 'part';
	return (
		<>
			<rect
				x={x}
				y="0"
				width={wide}
				height={high}
				class={`cover-${state}`}
			/>
			{hatched && (
				<rect
					x={x}
					y="0"
					width={wide}
					height={high}
					fill={`url(#${id})`}
				/>
			)}
			<rect x={x} y="0" width={wide} height={high} class="coverframe" />
		</>
	);
}

export function CoverMark({ state }) {
	const id = useHatch();
	return (
		<svg
			class="shape covermark"
			viewBox="0 0 14 14"
			width="14"
			height="14"
			aria-hidden="true"
			focusable="false">
			<Hatch id={id} />
			<Covered id={id} state={state} x={0} wide={14} high={14} />
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
