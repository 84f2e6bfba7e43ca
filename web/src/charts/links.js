// SPDX-License-Identifier: ISC
// Where a mark leads: the table of devices with the mark's filter, or nowhere
// where the readers may not see devices.
import { format, turned } from '../core/route.js';

export function devicesAt(route, boot) {
	const none = boot?.packs?.length && !boot.packs.includes('devices');
	return (filter) =>
		none ? undefined : format(turned(route, 'devices', filter));
}
