import { useMutation } from '@tanstack/react-query'
import { unmergeCorrespondents } from '../../../contract/work-with-employers/correspondents/merging.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { Button, Refused, toast } from '../../ui/index.ts'
import { correspondentsChanged } from './queries.ts'
import { type Correspondent, personName } from './words.ts'

type Merged = Correspondent['merged'][number]

/** The cards that became part of this one, while that can be undone. */
export const MergedCards = ({ person }: { person: Correspondent }) => (
  <>
    {person.merged.map(merge => (
      <MergedCard key={merge.id} person={person} merge={merge} />
    ))}
  </>
)

const MergedCard = ({ person, merge }: { person: Correspondent; merge: Merged }) => {
  const undo = useMutation({
    mutationFn: () =>
      call(unmergeCorrespondents, {
        params: { correspondentId: person.id },
        body: { mergeId: merge.id },
        ifMatch: person.version,
      }),
    onSuccess: () => {
      toast(`Fusion défaite : ${personName(person)} et ${merge.name || 'l’autre fiche'} sont de nouveau deux fiches.`)
      return correspondentsChanged()
    },
    onError: () => void correspondentsChanged(),
  })
  return (
    <>
      <p className="cc-person__old">
        Réunit la fiche {merge.name ? `« ${merge.name} »` : 'd’une autre saisie'}, fusionnée le{' '}
        {formatDay(dayOf(merge.at))} ({merge.organisationName}). Se défait jusqu’au {formatDay(dayOf(merge.until))}.
      </p>
      {person.allowed.includes('unmerge') && (
        <Button size="small" priority="tertiary no outline" busy={undo.isPending} onClick={() => undo.mutate()}>
          Défaire la fusion
          <span className="fr-sr-only"> avec {merge.name || 'l’autre fiche'}</span>
        </Button>
      )}
      {undo.error && <Refused problem={undo.error} />}
    </>
  )
}
