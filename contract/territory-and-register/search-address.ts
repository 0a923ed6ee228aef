/* What the address of the search says: its page reads it, and so does who reads a saved view (CAM-10). */

import { addDays, addMonths, isDayInReach } from '../days.ts'
import type { Query } from '../route.ts'
import { type CompanySize, companySizes, type LegalNature, legalNatures } from './employer-kinds.ts'
import { type searchEstablishments, sizes } from './establishments.ts'
import { everUsed, type HiresSought, isNumber, type ServiceKind, serviceKinds } from './sought.ts'

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
  'attendues',
  'services',
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
export interface ServicesSaid {
  readonly used: boolean
  /** Over so many months; at any time, when none is said. */
  readonly months?: number | undefined
  readonly kind?: ServiceKind | undefined
}
/** « oui-12 »: used over twelve months; « non-pmsmp »: never that one. */
export const servicesOf = (said: string): ServicesSaid | undefined => {
  const [, way, months, name] = /^(oui|non)(?:-([1-9]\d?|1[01]\d|120))?(?:-([a-z-]+))?$/.exec(said) ?? []
  const kind = serviceKinds.find(one => one === name)
  if (!way || (name !== undefined && !kind)) return undefined
  return { used: way === 'oui', ...(months ? { months: Number(months) } : {}), ...(kind ? { kind } : {}) }
}
export const servicesSaid = ({ used, months, kind }: ServicesSaid): string =>
  [used ? 'oui' : 'non', months, kind].filter(part => part !== undefined).join('-')
/** The first of the days of so many months that end today, as the card counts them. */
export const monthsAgo = (today: string, months: number | undefined): string =>
  months === undefined ? everUsed : addDays(addMonths(today, -months), 1)
const servicesAsked = (
  { used, months, kind }: ServicesSaid,
  today: string,
): Pick<Asked, 'service' | 'servicesUsedSince' | 'servicesNotUsedSince'> => ({
  ...(kind ? { service: kind } : {}),
  [used ? 'servicesUsedSince' : 'servicesNotUsedSince']: monthsAgo(today, months),
})
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
  attendues: value => /^[1-9]\d{0,4}$/.test(value),
  services: value => servicesOf(value) !== undefined,
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
    attendues,
    services,
    contact,
    campagne,
    employeur,
    etat,
  } = filters
  const hired = embauches ? hiresOf(embauches) : undefined
  const used = services ? servicesOf(services) : undefined
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
    ...(attendues ? { expectedHires: Number(attendues) } : {}),
    ...(used ? servicesAsked(used, today) : {}),
    ...(contact ? contactOf(contact, today) : {}),
    ...(campagne ? { campaign: campaignWords[campagne as keyof typeof campaignWords] ?? campagne } : {}),
    ...(employeur ? { employer: employeur === 'oui' } : {}),
    ...(etat === 'fermes' ? { active: false } : etat === 'tous' || isNumber(words) ? {} : { active: true }),
  }
}
