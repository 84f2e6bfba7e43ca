// SPDX-License-Identifier: ISC
export function Drawer() { return null; }
