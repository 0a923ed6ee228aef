import type { sizes } from '../../../contract/territory-and-register/establishments.ts'

/** INSEE's bands. Their year is two years old or more: it is always shown beside. */
export const bands: Record<string, string> = {
  NN: 'Effectif non connu ou sans salarié',
  '00': '0 salarié',
  '01': '1 ou 2 salariés',
  '02': '3 à 5 salariés',
  '03': '6 à 9 salariés',
  11: '10 à 19 salariés',
  12: '20 à 49 salariés',
  21: '50 à 99 salariés',
  22: '100 à 199 salariés',
  31: '200 à 249 salariés',
  32: '250 à 499 salariés',
  41: '500 à 999 salariés',
  42: '1 000 à 1 999 salariés',
  51: '2 000 à 4 999 salariés',
  52: '5 000 à 9 999 salariés',
  53: '10 000 salariés et plus',
}
/**
 * The network's size classes; an establishment without a band counts with the smallest, as the register gives none to
 * most who employ nobody.
 */
export const bandsOf: Record<(typeof sizes)[number], readonly string[]> = {
  '0-9': ['NN', '00', '01', '02', '03'],
  '10-49': ['11', '12'],
  '50-99': ['21'],
  '100-199': ['22'],
  '200+': ['31', '32', '41', '42', '51', '52', '53'],
}
