// SPDX-License-Identifier: ISC
// Where a mark leads: the table of devices with the mark's filter.
import { format, turned } from '../core/route.js';

export const devicesAt = (route) => (filter) =>
	format(turned(route, 'devices', filter));
