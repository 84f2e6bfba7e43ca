// SPDX-License-Identifier: ISC
// The name, set as what it is: a plate with two rivets.
export function Plate() {
	return (
		<p class="wordmark">
			<svg
				viewBox="0 0 148 30"
				width="148"
				height="30"
				aria-hidden="true"
				focusable="false">
				<rect x=".75" y=".75" width="146.5" height="28.5" rx="4" />
				<circle cx="10" cy="15" r="2" />
				<circle cx="138" cy="15" r="2" />
			</svg>
			<span>nameplate</span>
		</p>
	);
}
