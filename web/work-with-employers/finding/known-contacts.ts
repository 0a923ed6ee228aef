import { useQueries } from '@tanstack/react-query'
import { theStructure } from '../../../contract/names-in-french.ts'
import type { Reply } from '../../../contract/route.ts'
import { listKnownContacts } from '../../../contract/work-with-employers/finding.ts'
import { call } from '../../platform/api.ts'
import { formatRelativeDay, formatShortDay } from '../../platform/format.ts'
import { shortOrganisation } from '../../platform/names.ts'
import { useRested } from '../../platform/rested.ts'

export type KnownContact = Reply<typeof listKnownContacts>['items'][number]

/** Nobody reads further down; past this, lines say nothing of contacts rather than ask hundreds of times. */
const mostLines = 200

const bySiret = (answers: readonly { data: readonly KnownContact[] | undefined }[]) =>
  new Map(answers.flatMap(({ data }) => (data ?? []).map(known => [known.siret, known] as const)))

/**
 * What the network did with each establishment shown. Asked once the lines stay for a moment: not at each key.
 * Results never wait for it, and do without it.
 */
export const useKnownContacts = (sirets: readonly string[]): ReadonlyMap<string, KnownContact> => {
  const rested = useRested(sirets.slice(0, mostLines).join(','), 300)
  const parts = rested.match(/\d{14}(,\d{14}){0,24}/g) ?? []
  return useQueries({
    queries: parts.map(part => ({
      queryKey: ['establishments', 'known-contacts', part],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await call(listKnownContacts, { query: { sirets: part }, signal })).items,
      staleTime: 30_000,
      retry: false,
    })),
    combine: bySiret,
  })
}

/** « Contacté hier par la CC… · campagne Bâtiment ». */
export const contactWords = ({ lastContact, campaigns }: KnownContact): string =>
  [
    lastContact
      ? `Contacté ${formatRelativeDay(lastContact.occurredOn)} par ${theStructure(shortOrganisation(lastContact.organisation.name))}`
      : 'Jamais contacté par le réseau',
    ...campaigns.slice(0, 1).map(({ name }) => `campagne ${name}`),
    ...(campaigns.length > 1 ? [`et ${campaigns.length - 1} autre${campaigns.length > 2 ? 's' : ''}`] : []),
  ].join(' · ')

/** The same, after « Ne pas contacter jusqu’au 12 déc. 2026 », where nothing else on the line says it. */
export const cautiousWords = (known: KnownContact): string =>
  known.notToContactUntil
    ? `Ne pas contacter jusqu’au ${formatShortDay(known.notToContactUntil)} · ${contactWords(known)}`
    : contactWords(known)
