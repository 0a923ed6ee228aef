import type { Reply } from '../../../contract/route.ts'
import type { getBeforeContact } from '../../../contract/work-with-employers/exchanges.ts'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { channelWords, resultWords } from './words.ts'

type Contact = Reply<typeof getBeforeContact>['lastContacts'][number]

/**
 * « Mission locale des Graves, téléphone, par K. Belkacem : pas de besoin » ; reserved to its organisation, only that
 * it took place. `linked`: the name leads to the person's card, where nothing is being typed.
 */
export const contactWords = ({ organisation, channel, result, resultLabel, author }: Contact, linked = false) =>
  channel && result ? (
    <>
      {organisation.name}, {channelWords[channel].toLowerCase()}
      {author && <>, par {linked ? <PersonLink person={author} /> : author.name}</>} :{' '}
      <strong>{resultWords({ result, resultLabel }).word.toLowerCase()}</strong>
    </>
  ) : (
    <>
      {organisation.name} <em>(contenu réservé à cette structure)</em>
    </>
  )
