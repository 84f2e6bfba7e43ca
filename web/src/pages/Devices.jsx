// SPDX-License-Identifier: ISC
export function Devices() { return null; }
