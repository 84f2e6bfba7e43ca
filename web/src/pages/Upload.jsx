// SPDX-License-Identifier: ISC
export function Upload() { return null; }
