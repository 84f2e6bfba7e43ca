// SPDX-License-Identifier: ISC
export function Gantt({ pack, t }) {
	return <p>{t('page.gantt')}: {pack.schema}</p>;
}
