import type { findPeople, listBlocks } from '../../../contract/oversight/security.ts'
import type { Reply } from '../../../contract/route.ts'
import { cutWords } from '../../people-and-rights/accounts/words.ts'
import { queryClient } from '../../platform/query.ts'
import { Badge } from '../../ui/index.ts'

export type Block = Reply<typeof listBlocks>['items'][number]
export type Found = Reply<typeof findPeople>['items'][number]
export const blocksChanged = () => queryClient.invalidateQueries({ queryKey: ['security'] })
export const long = (value: string) => (value.trim().length < 10 ? 'Dix caractères au moins.' : undefined)

export const who = {
  head: 'Personne',
  cell: ({ person, organisation }: Block) => (
    <span>
      {person.name}
      <span className="fr-hint-text">{organisation.name}</span>
    </span>
  ),
}
export const what = { head: 'Ce qui est coupé', cell: (block: Block) => cutWords(block) }
export const why = {
  head: 'Motif',
  cell: ({ cause, reason, incident }: Block) => (
    <span>
      {cause === 'exceptional' ? (
        <Badge tone="warning">acte exceptionnel</Badge>
      ) : (
        <Badge tone="error">usage inhabituel</Badge>
      )}{' '}
      {reason}
      {incident && <span className="fr-hint-text">Incident : {incident}</span>}
    </span>
  ),
}
