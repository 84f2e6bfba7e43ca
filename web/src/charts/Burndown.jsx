// SPDX-License-Identifier: ISC
export function Burndown({ pack, t }) {
	return <p>{t('page.burndown')}: {pack.schema}</p>;
}
