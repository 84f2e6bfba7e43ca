// SPDX-License-Identifier: ISC
export function Treemap({ pack, t }) {
	return <p>{t('page.treemap')}: {pack.schema}</p>;
}
