import type { Reply } from '../../../contract/route.ts'
import type { cautions, listRoundStops } from '../../../contract/work-with-employers/rounds.ts'

type Stop = Reply<typeof listRoundStops>['items'][number]
export type Caution = (typeof cautions)[number]

/** Contacts of a month past which one more is a nuisance. */
const often = 2
const said: Partial<Record<NonNullable<NonNullable<Stop['lastContacts']>[number]['result']>, Caution>> = {
  ferme: 'said-closed',
  refus: 'refused',
  'deja-suivi': 'already-followed',
}

/** What makes one think twice, of what the viewer may read. `closed`: as the register says. */
export const cautionsOf = (
  { closed, notToContact }: { readonly closed: boolean; readonly notToContact: boolean },
  { lastContacts, contactsThisMonth }: Pick<Stop, 'lastContacts' | 'contactsThisMonth'>,
): Caution[] => {
  const result = lastContacts?.find(contact => contact.result !== null)?.result
  const last = result && said[result]
  return [
    ...(notToContact ? ['do-not-contact' as const] : []),
    ...(closed ? ['closed' as const] : []),
    ...(last ? [last] : []),
    ...((contactsThisMonth ?? 0) > often ? ['often-contacted' as const] : []),
  ]
}
