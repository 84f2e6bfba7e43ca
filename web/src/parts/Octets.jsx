// SPDX-License-Identifier: ISC
// A value octet by octet: offset, hexadecimal, text. What is no printable ASCII
// is a dot there, so that nothing in it can pretend to be something else.
const ACROSS = 16,
	MOST = 1024;

function hexOf(text) {
	let hex = '';
	for (const o of new TextEncoder().encode(text)) {
		hex += o.toString(16).padStart(2, '0');
	}
	return hex;
}

// [{at, hex, text}] of a string of hexadecimal digits.
export function linesOf(hex) {
	const octets = (hex.match(/[0-9a-f]{2}/gi) ?? []).slice(0, MOST);
	const lines = [];
	for (let i = 0; i < octets.length; i += ACROSS) {
		const part = octets.slice(i, i + ACROSS);
		lines.push({
			at: i.toString(16).padStart(4, '0'),
			hex: part.join(' '),
			text: part
				.map((o) => {
					const c = parseInt(o, 16);
					return c >= 32 && c < 127 ? String.fromCharCode(c) : '·';
				})
				.join(''),
		});
	}
	return lines;
}

// hex is there where the value as text is not its octets.
export function Octets({ value, hex, t }) {
	if (value === null && !hex) return null;
	const lines = linesOf(hex ?? hexOf(value));
	const label = t('drawer.octets');
	return (
		<figure class="octets">
			<figcaption class="label">{label}</figcaption>
			<pre tabIndex={0} role="group" aria-label={label}>
				{lines.map(
					(l) =>
						`${l.at}  ${l.hex.padEnd(ACROSS * 3 - 1)}  ${l.text}\n`,
				)}
			</pre>
		</figure>
	);
}
