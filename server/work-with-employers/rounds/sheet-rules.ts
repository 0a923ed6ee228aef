import { channelLabels, nextActionLabels, resultLabels } from '../../../contract/work-with-employers/exchanges.ts'
import { cautionLabels, nextDoorWords } from '../../../contract/work-with-employers/rounds.ts'
import { dayInWords } from '../../platform/french.ts'
import type { Stop } from './read-stops.ts'

/** One page for each employer; sheet.typ draws it. */
export interface Sheets {
  readonly title: string
  readonly author: string
  readonly foot: string
  readonly sheets: readonly Sheet[]
}
interface Sheet {
  readonly rank: string
  readonly name: string
  readonly facts: readonly (readonly [term: string, said: string])[]
  readonly cautions: readonly string[]
  readonly people: readonly string[]
  readonly planned: readonly string[]
  readonly contacts: readonly { readonly head: string; readonly notes: string | null }[]
}

const grouped = (digits: string, sizes: RegExp) => digits.replace(sizes, '$1 $2 $3 $4').trim()
/** `+33556000001` as « 05 56 00 00 01 »; another country stays as it is. */
const phoneInWords = (e164: string) => e164.replace(/^\+33(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '0$1 $2 $3 $4 $5')
/** Cut at a word: a sheet has one page. */
const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most).replace(/\s+\S*$/, '')}…`

const joined = (parts: readonly (string | null | undefined)[], between = ', ') => parts.filter(Boolean).join(between)

const nameOf = ({ establishment: { name, sign, siret } }: Pick<Stop, 'establishment'>) =>
  name ?? sign ?? `SIRET ${grouped(siret, /^(\d{3})(\d{3})(\d{3})(\d{5})$/)}`

const factsOf = ({ establishment, address, commitments }: Stop): Sheet['facts'] =>
  (
    [
      ['Adresse', address ?? establishment.town ?? 'non diffusée'],
      ['Activité', establishment.activity?.label ?? establishment.activity?.code],
      [
        'Effectif',
        establishment.headcount &&
          `${establishment.headcount.label}${establishment.headcount.year ? ` (${establishment.headcount.year})` : ''}`,
      ],
      ['Engagements', joined(commitments)],
      ['Enseigne', establishment.name ? establishment.sign : null],
      ['SIRET', grouped(establishment.siret, /^(\d{3})(\d{3})(\d{3})(\d{5})$/)],
    ] as const
  ).flatMap(([term, said]) => (said ? [[term, shortened(said, 120)] as const] : []))

const personOf = ({ correspondent, role, phone, email }: Stop['people'][number]) =>
  shortened(joined([correspondent ?? 'Interlocuteur sans nom', role, phone && phoneInWords(phone), email]), 200)

const nextDoorOf = ({ nextDoor }: Stop): string[] =>
  nextDoor
    ? [
        nextDoorWords(nextDoor, {
          place: line => shortened(joined([nameOf({ establishment: line }), line.town]), 90),
          day: dayInWords,
          structure: name => shortened(name, 60),
        }),
      ]
    : []

const plannedOf = ({ action, planned }: Stop): string[] => [
  ...(action
    ? [
        `${nextActionLabels[action.kind]} le ${dayInWords(action.dueOn)}${action.dueAt ? ` à ${action.dueAt.replace(':', ' h ')}` : ''}, par vous`,
      ]
    : []),
  ...planned.map(
    ({ kind, dueOn, owner, organisation }) =>
      `${nextActionLabels[kind]} le ${dayInWords(dueOn)}, par ${owner.name} (${organisation.name})`,
  ),
]

const contactsOf = ({ lastContacts }: Stop): Sheet['contacts'] =>
  lastContacts === null
    ? [{ head: 'Les échanges avec cet employeur sont hors de votre périmètre.', notes: null }]
    : lastContacts.map(({ occurredOn, organisation, channel, result, resultLabel, author, personMet, notes }) => ({
        head: shortened(
          channel && result
            ? `${dayInWords(occurredOn)}, ${channelLabels[channel].toLowerCase()}, ${joined([author?.name, organisation.name])} : ${(resultLabel ?? resultLabels[result]).toLowerCase()}${personMet ? `. Rencontré : ${personMet}` : ''}`
            : `${dayInWords(occurredOn)}, ${organisation.name} (contenu réservé à cette structure)`,
          260,
        ),
        notes: notes && shortened(notes.replaceAll(/\s+/g, ' '), 320),
      }))

/** The sheets of a round, in its order. */
export const sheetsOf = (stops: readonly Stop[], foot: string): Sheets => ({
  title: stops.length === 1 ? `Fiche de visite : ${nameOf(stops[0]!)}` : `Fiches de visite (${stops.length})`,
  author: 'Campagnes coordonnées',
  foot,
  sheets: stops.map((stop, at) => ({
    rank: stops.length > 1 ? `Étape ${at + 1} sur ${stops.length}` : 'Fiche de visite',
    name: shortened(nameOf(stop), 120),
    facts: factsOf(stop),
    cautions: [...stop.cautions.map(caution => cautionLabels[caution]), ...nextDoorOf(stop)],
    people: stop.people.map(personOf),
    planned: plannedOf(stop),
    contacts: contactsOf(stop),
  })),
})
