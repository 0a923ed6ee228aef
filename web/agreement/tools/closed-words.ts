/** A filter of what annex 4 closes is not offered; chosen before, it stays to be taken off. */
export const closedFilter = (label: string): string => `${label} (l’annexe 4 n’ouvre pas ces données)`
/** Said where annex 4 does not open a category of data. */
export const closedTitle = 'L’annexe 4 n’ouvre pas ces données'
export const closedWords =
  'La version en vigueur de l’annexe 4 de la convention ne les comprend pas : elles ne sont ni lues ni remplies. Ce qui est déjà noté est conservé.'
