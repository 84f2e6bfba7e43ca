// SPDX-License-Identifier: ISC
// All pages one after another, for paper.
export function PrintPage() { return null; }
export function printing() {}
