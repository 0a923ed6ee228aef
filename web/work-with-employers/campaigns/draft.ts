import type { Static } from 'typebox'
import { type createCampaign, goalKinds, mostCampaignDays } from '../../../contract/work-with-employers/campaigns.ts'
import { daysBetween, formatCount, formatDay, formatList } from '../../platform/format.ts'
import { territoryChoice } from '../../territory-and-register/territories/words.ts'
import type { Choice } from '../../ui/index.ts'
import { type Campaign, type Goal, goalsWords, purposeWords, scopeWords } from './words.ts'

export type CampaignInput = Static<(typeof createCampaign)['body']>
type Named = { readonly id: string; readonly name: string }
type Lead = Campaign['leads'][number]

/** What is being prepared, as it stands in the fields: numbers and days are still text, perhaps half typed. */
export interface Draft {
  readonly name: string
  readonly purpose: Campaign['purpose'] | ''
  readonly description: string
  readonly territory: Choice | null
  readonly startsOn: string
  readonly endsOn: string
  readonly members: readonly Named[]
  readonly leads: readonly Lead[]
  readonly goals: Readonly<Record<Goal['kind'], string>>
  readonly contactDelayDays: string
  readonly conflictScope: Campaign['conflictScope']
}

const noGoals = Object.fromEntries(goalKinds.map(kind => [kind, ''])) as Draft['goals']
export const emptyDraft = (territory: Choice | null): Draft => ({
  name: '',
  purpose: '',
  description: '',
  territory,
  startsOn: '',
  endsOn: '',
  members: [],
  leads: [],
  goals: noGoals,
  contactDelayDays: '30',
  conflictScope: 'establishment',
})

export const draftOf = (campaign: Campaign): Draft => ({
  name: campaign.name,
  purpose: campaign.purpose,
  description: campaign.description ?? '',
  territory: territoryChoice(campaign.territory),
  startsOn: campaign.startsOn,
  endsOn: campaign.endsOn,
  members: campaign.members.filter(({ id }) => id !== campaign.pilot.id).map(({ id, name }) => ({ id, name })),
  leads: campaign.leads,
  goals: { ...noGoals, ...Object.fromEntries(campaign.goals.map(({ kind, value }) => [kind, String(value)])) },
  contactDelayDays: String(campaign.contactDelayDays),
  conflictScope: campaign.conflictScope,
})

export const whole = (least: number, most: number) => (value: string) =>
  /^\d+$/.test(value.trim()) && Number(value) >= least && Number(value) <= most
    ? undefined
    : `un nombre entier de ${least} à ${most.toLocaleString('fr-FR')}.`
export const delayRule = whole(0, 365)
export const goalRule = whole(1, 1_000_000)

/** What is wrong with a period, in words that end a sentence; the server says it too. */
export const periodRule = (startsOn: string, endsOn: string): string | undefined =>
  endsOn < startsOn
    ? 'la fin doit suivre le début'
    : daysBetween(startsOn, endsOn) >= mostCampaignDays
      ? 'une campagne dure un an au plus'
      : undefined

/**
 * What keeps it from being saved yet, in words that follow « Pas encore enregistré : »; the server has the last word on
 * the rest.
 */
export const missing = (draft: Draft): string | undefined => {
  const absent = [
    !draft.name.trim() && 'le nom',
    !draft.purpose && 'l’objet',
    !draft.territory && 'le territoire',
    !draft.startsOn && 'le début',
    !draft.endsOn && 'la fin',
  ].filter(word => word !== false)
  if (absent.length) return `il manque ${formatList(absent)}`
  const wrongPeriod = periodRule(draft.startsOn, draft.endsOn)
  if (wrongPeriod) return wrongPeriod
  if (delayRule(draft.contactDelayDays)) return 'le délai est un nombre de jours de 0 à 365'
  if (Object.values(draft.goals).some(value => value.trim() && goalRule(value)))
    return 'un objectif est un nombre entier'
  return undefined
}

/** As it is sent; only when nothing is missing. */
export const bodyOf = (draft: Draft): CampaignInput => ({
  name: draft.name.trim(),
  purpose: draft.purpose as Campaign['purpose'],
  description: draft.description.trim() || null,
  territoryId: Number(draft.territory!.value),
  startsOn: draft.startsOn,
  endsOn: draft.endsOn,
  memberIds: draft.members.map(({ id }) => id),
  leadIds: draft.leads.map(({ id }) => id),
  contactDelayDays: Number(draft.contactDelayDays),
  conflictScope: draft.conflictScope,
  goals: goalsOf(draft),
})

export const goalsOf = (draft: Draft) =>
  goalKinds.filter(kind => draft.goals[kind].trim()).map(kind => ({ kind, value: Number(draft.goals[kind]) }))
const sorted = (names: readonly Named[]) =>
  formatList(names.map(({ name }) => name).sort(new Intl.Collator('fr').compare))
/** Each field as people read it: what is compared, and what is shown of a difference. */
const words: { readonly [F in keyof Draft]: readonly [label: string, said: (draft: Draft) => string] } = {
  name: ['Nom', draft => draft.name.trim()],
  purpose: ['Objet', ({ purpose }) => (purpose ? purposeWords[purpose].word : '')],
  description: ['Description', draft => draft.description.trim()],
  territory: ['Territoire', draft => draft.territory?.label ?? ''],
  startsOn: ['Début', ({ startsOn }) => (startsOn ? formatDay(startsOn) : '')],
  endsOn: ['Fin', ({ endsOn }) => (endsOn ? formatDay(endsOn) : '')],
  members: ['Structures membres', ({ members }) => sorted(members)],
  leads: ['Responsables', ({ leads }) => sorted(leads)],
  goals: ['Objectifs', draft => goalsWords(goalsOf(draft))],
  contactDelayDays: ['Délai', ({ contactDelayDays }) => formatCount(Number(contactDelayDays), 'jour')],
  conflictScope: ['Conflits', ({ conflictScope }) => scopeWords[conflictScope]],
}
const fields = Object.keys(words) as (keyof Draft)[]
const keyed = (draft: Draft, field: keyof Draft) =>
  field === 'territory'
    ? (draft.territory?.value ?? '')
    : field === 'members' || field === 'leads'
      ? draft[field]
          .map(({ id }) => id)
          .sort()
          .join()
      : words[field][1](draft)
export const differing = (one: Draft, other: Draft) => fields.filter(field => keyed(one, field) !== keyed(other, field))

export interface Merged {
  /** Mine, with what only the other person changed. */
  readonly draft: Draft
  /** What only they changed: taken as it is. */
  readonly taken: readonly string[]
  /** What both changed, each otherwise: to be decided. */
  readonly clashes: readonly {
    readonly field: keyof Draft
    readonly label: string
    readonly mine: string
    readonly theirs: string
  }[]
}
/** Two people wrote on the same draft, from the same one: field by field, who changed it keeps it. */
export const merge = (base: Draft, mine: Draft, theirs: Draft): Merged => {
  const [my, their] = [new Set(differing(base, mine)), new Set(differing(base, theirs))]
  const taken = fields.filter(field => their.has(field) && !my.has(field))
  return {
    draft: { ...mine, ...Object.fromEntries(taken.map(field => [field, theirs[field]])) },
    taken: taken.map(field => words[field][0]),
    clashes: differing(mine, theirs)
      .filter(field => my.has(field) && their.has(field))
      .map(field => ({ field, label: words[field][0], mine: words[field][1](mine), theirs: words[field][1](theirs) })),
  }
}
export const takeFields = (mine: Draft, theirs: Draft, clashes: Merged['clashes']): Draft => ({
  ...mine,
  ...Object.fromEntries(clashes.map(({ field }) => [field, theirs[field]])),
})
