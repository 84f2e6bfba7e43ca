// SPDX-License-Identifier: ISC
export function Method() { return null; }
