// SPDX-License-Identifier: ISC
// Octets as they came: offset, hexadecimal, text. What is no printable ASCII is
// a dot, so that nothing in them can pretend to be something else.
const ACROSS = 16, MOST = 1024;

// [{at, hex, text}] of a string of hexadecimal digits.
export function linesOf(hex, from) {
	const octets = (hex.match(/[0-9a-f]{2}/gi) ?? []).slice(0, MOST);
	const lines = [];
	for (let i = 0; i < octets.length; i += ACROSS) {
		const part = octets.slice(i, i + ACROSS);
		lines.push({ at: (from + i).toString(16).padStart(6, '0'),
			hex: part.join(' '),
			text: part.map((o) => {
				const c = parseInt(o, 16);
				return c >= 32 && c < 127 ? String.fromCharCode(c) : '·';
			}).join('') });
	}
	return lines;
}

export function Octets({ hex, at, label }) {
	const lines = linesOf(hex, at ?? 0);
	return (
		<figure class="octets">
			<figcaption class="label">{label}</figcaption>
			<pre tabIndex={0} role="group" aria-label={label}>
				{lines.map((l) => `${l.at}  ${l.hex.padEnd(ACROSS * 3 - 1)}  ${l.text}\n`)}
			</pre>
		</figure>
	);
}
