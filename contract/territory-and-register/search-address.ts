/* What the address of the search says: its page reads it, and so does who reads a saved view (CAM-10). */

import { addDays, isDayInReach } from '../days.ts'
import type { Query } from '../route.ts'
import { type CompanySize, companySizes, type LegalNature, legalNatures } from './employer-kinds.ts'
import { type searchEstablishments, sizes } from './establishments.ts'
import { type HiresSought, isNumber } from './sought.ts'

export type Asked = Query<typeof searchEstablishments>
/** Parameters of the search's address, in words that people read there. */
export const filterNames = [
  'territoire',
  'activite',
  'taille',
  'nature',
  'entreprise',
  'engagement',
  'besoin',
  'embauches',
  'contact',
  'campagne',
  'employeur',
  'etat',
] as const
export type FilterName = (typeof filterNames)[number]
export type Filters = Partial<Record<'q' | 'vue' | FilterName, string>>
export const noFilter: Filters = Object.fromEntries(filterNames.map(name => [name, '']))

const isId = (value: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
const campaignWords = { oui: 'any', aucune: 'none', moi: 'mine' } as const
const needWords = { 'en-cours': 'any', recrutement: 'recrutement' } as const
/** « cdi-5 »: five of them at least. */
const hiresNames: Readonly<Record<string, HiresSought>> = {
  toutes: 'any',
  durables: 'durable',
  cdi: 'cdi',
  'cdd-long': 'cdd-long',
  'cdd-court': 'cdd',
  interim: 'ctt',
  alternance: 'work-study',
}
export const hiresOf = (said: string): { readonly hires: HiresSought; readonly atLeast: number } | undefined => {
  const [, name, least] = /^([a-z-]+)-([1-9]\d{0,4})$/.exec(said) ?? []
  return name && Object.hasOwn(hiresNames, name) ? { hires: hiresNames[name]!, atLeast: Number(least) } : undefined
}
export const hiresSaid = (hires: HiresSought, atLeast: number): string =>
  `${Object.keys(hiresNames).find(name => hiresNames[name] === hires)}-${atLeast}`
/** « depuis-90 »: for 90 days, so that a view kept goes on meaning it; « avant-2026-05-01 »: before that day. */
const contactOf = (
  said: string,
  today: string,
): Pick<Asked, 'neverContacted' | 'contactedBefore' | 'contactedSince'> | undefined => {
  if (said === 'jamais') return { neverContacted: true }
  const [, way, when] = /^(avant|depuis)-(\d{1,4}|\d{4}-\d\d-\d\d)$/.exec(said) ?? []
  if (!when) return undefined
  const day = /^\d{1,4}$/.test(when) ? addDays(today, -Number(when)) : when
  if (!isDayInReach(day)) return undefined
  return way === 'avant' ? { contactedBefore: day } : { contactedSince: day }
}

const shapes: Record<'vue' | FilterName, (value: string) => boolean> = {
  territoire: value => /^[1-9]\d{0,9}$/.test(value) && Number(value) <= 2_147_483_647,
  activite: value => /^(NAF25:)?([A-V]|\d{2}(\.\d{1,2}[A-Z]?)?)$/.test(value),
  taille: value => sizes.some(size => size === value),
  nature: value => legalNatures.some(nature => nature === value),
  entreprise: value => companySizes.some(size => size === value),
  engagement: isId,
  besoin: value => Object.hasOwn(needWords, value),
  embauches: value => hiresOf(value) !== undefined,
  contact: value => contactOf(value, '2026-01-01') !== undefined,
  campagne: value => Object.hasOwn(campaignWords, value) || isId(value),
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

export { isNumber }

/** The address as the API asks it. The closed are left out unless they are asked for, or a number names one of them. */
export const askedOf = (filters: Filters, today: string): Asked | undefined => {
  const {
    q = '',
    territoire,
    activite,
    taille,
    nature,
    entreprise,
    engagement,
    besoin,
    embauches,
    contact,
    campagne,
    employeur,
    etat,
  } = filters
  const hired = embauches ? hiresOf(embauches) : undefined
  const words = q.trim()
  if (!words && territoire === undefined) return undefined
  return {
    ...(words ? { q: words } : {}),
    ...(territoire === undefined ? {} : { territory: Number(territoire) }),
    ...(activite ? { activity: activite } : {}),
    ...(taille ? { size: taille as (typeof sizes)[number] } : {}),
    ...(nature ? { legalNature: nature as LegalNature } : {}),
    ...(entreprise ? { companySize: entreprise as CompanySize } : {}),
    ...(engagement ? { commitment: engagement } : {}),
    ...(besoin ? { need: needWords[besoin as keyof typeof needWords] } : {}),
    ...(hired ? { hires: hired.hires, hiresAtLeast: hired.atLeast } : {}),
    ...(contact ? contactOf(contact, today) : {}),
    ...(campagne ? { campaign: campaignWords[campagne as keyof typeof campaignWords] ?? campagne } : {}),
    ...(employeur ? { employer: employeur === 'oui' } : {}),
    ...(etat === 'fermes' ? { active: false } : etat === 'tous' || isNumber(words) ? {} : { active: true }),
  }
}
