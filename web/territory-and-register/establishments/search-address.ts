import type { Query } from '../../../contract/route.ts'
import { type searchEstablishments, sizes } from '../../../contract/territory-and-register/establishments.ts'

export type Asked = Query<typeof searchEstablishments>
/** Parameters of the search's address, in words that people read there. */
export const filterNames = ['territoire', 'activite', 'taille', 'employeur', 'etat'] as const
export type FilterName = (typeof filterNames)[number]
export type Filters = Partial<Record<'q' | 'vue' | FilterName, string>>
export const noFilter: Filters = { territoire: '', activite: '', taille: '', employeur: '', etat: '' }

const shapes: Record<'vue' | FilterName, (value: string) => boolean> = {
  territoire: value => /^[1-9]\d{0,9}$/.test(value) && Number(value) <= 2_147_483_647,
  activite: value => /^(NAF25:)?([A-V]|\d{2}(\.\d{1,2}[A-Z]?)?)$/.test(value),
  taille: value => sizes.some(size => size === value),
  employeur: value => value === 'oui' || value === 'non',
  etat: value => value === 'fermes' || value === 'tous',
  vue: value => value === 'carte',
}

/** Someone may have cut or mended the address by hand: what has no meaning is left aside, and named. */
export const readFilters = (
  address: Readonly<Record<string, string>>,
): { filters: Filters; wrong: readonly FilterName[] } => {
  const filters: Filters = {}
  const wrong: FilterName[] = []
  if (address['q']?.trim()) filters.q = address['q'].slice(0, 120)
  for (const name of [...filterNames, 'vue'] as const) {
    const value = address[name]
    if (value === undefined || value === '') continue
    if (shapes[name](value)) filters[name] = value
    else if (name !== 'vue') wrong.push(name)
  }
  return { filters, wrong }
}

export const isNumber = (words: string) => /^\d{9,14}$/.test(words.replace(/[\s.]/g, ''))

/** The address as the API asks it. The closed are left out unless they are asked for, or a number names one of them. */
export const askedOf = ({ q = '', territoire, activite, taille, employeur, etat }: Filters): Asked | undefined => {
  const words = q.trim()
  if (!words && territoire === undefined) return undefined
  return {
    ...(words ? { q: words } : {}),
    ...(territoire === undefined ? {} : { territory: Number(territoire) }),
    ...(activite ? { activity: activite } : {}),
    ...(taille ? { size: taille as (typeof sizes)[number] } : {}),
    ...(employeur ? { employer: employeur === 'oui' } : {}),
    ...(etat === 'fermes' ? { active: false } : etat === 'tous' || isNumber(words) ? {} : { active: true }),
  }
}
