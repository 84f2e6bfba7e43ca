// SPDX-License-Identifier: ISC
export function Login() { return null; }
