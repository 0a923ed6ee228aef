import type { Reply } from '../../../contract/route.ts'
import type { getBeforeContact } from '../../../contract/work-with-employers/exchanges.ts'
import { channelWords } from './words.ts'

type Contact = Reply<typeof getBeforeContact>['lastContacts'][number]
export interface LastTime {
  readonly channel: NonNullable<Contact['channel']>
  readonly personMet: string
  readonly correspondentId: string
  readonly words: string
}

/** How the employer was last contacted, among what one may read, and the last person met. */
export const lastTime = (contacts: readonly Contact[]): LastTime | null => {
  const channel = contacts.find(contact => contact.channel !== null)?.channel
  const met = contacts.find(contact => contact.personMet)
  const personMet = met?.personMet ?? ''
  return channel
    ? {
        channel,
        personMet,
        correspondentId: met?.correspondentId ?? '',
        words: `${channelWords[channel].toLowerCase()}${personMet && `, ${personMet}`}`,
      }
    : null
}
/** Those met lately, each once, the last one first. */
export const peopleMet = (contacts: readonly Contact[]): readonly string[] => [
  ...new Set(contacts.flatMap(({ personMet }) => personMet ?? [])),
]
