// SPDX-License-Identifier: ISC
// How wide a text is on this page: fonts differ from machine to machine.
import { shorten } from './scale.js';

let pen = null;

export function textWidth(text, size = 12, weight = 400) {
	if (!pen) {
		pen = new OffscreenCanvas(1, 1).getContext('2d');
		pen.family = getComputedStyle(
			document.documentElement,
		).getPropertyValue('--sans');
	}
	pen.font = `${weight} ${size}px ${pen.family}`;
	return pen.measureText(text).width;
}

export const fitting = (text, px, size = 12, weight = 400) =>
	shorten(text, px, (part) => textWidth(part, size, weight));
