// SPDX-License-Identifier: ISC
export function Verdict() { return null; }
