// SPDX-License-Identifier: ISC
export function Topology({ pack, t }) {
	return <p>{t('page.topology')}: {pack.schema}</p>;
}
