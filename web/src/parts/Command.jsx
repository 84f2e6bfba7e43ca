// SPDX-License-Identifier: ISC
// A command to type, with a button that copies it where the browser may.
import { useState } from 'preact/hooks';

export function Command({ t, text }) {
	const [copied, set] = useState(false);
	const may = typeof navigator !== 'undefined' && navigator.clipboard;
	return (
		<div class="command">
			<code class="text">{text}</code>
			{may && (
				<button
					type="button"
					onClick={() =>
						navigator.clipboard.writeText(text).then(
							() => set(true),
							() => set(false),
						)
					}>
					{t(copied ? 'method.copied' : 'method.copy')}
				</button>
			)}
		</div>
	);
}
