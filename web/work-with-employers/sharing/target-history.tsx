import { useQuery } from '@tanstack/react-query'
import { listAssignments } from '../../../contract/work-with-employers/sharing/reading.ts'
import { call } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { Button, Dialog, Loaded } from '../../ui/index.ts'
import { withinKey } from '../campaigns/queries.ts'
import { assignmentWords, whyWords } from './assignment-words.ts'
import './sharing.css'

/** Holders of a target in a campaign: since when, from whom to whom, by whose act and why. */
export const TargetHistory = ({
  campaignId,
  siret,
  name,
  onClose,
}: {
  campaignId: string
  siret: string
  name: string
  onClose: () => void
}) => {
  const query = useQuery({
    queryKey: withinKey(campaignId, 'assignments', siret),
    queryFn: ({ signal }) => call(listAssignments, { params: { campaignId, siret }, signal }),
    refetchOnMount: 'always',
  })
  return (
    <Dialog title="Qui s’en est occupé" onClose={onClose}>
      <p className="fr-text--bold">{name}</p>
      <Loaded
        query={query}
        lines={3}
        empty={({ items }) => items.length === 0 && <p>Personne ne s’en est encore occupé dans cette campagne.</p>}
      >
        {({ items }) => (
          <>
            <ol className="cc-assignments">
              {items.map(one => (
                <li key={`${one.at} ${assignmentWords(one)}`} data-undone={one.undone || undefined}>
                  <span className="cc-assignments__when">{formatInstant(one.at)}</span>
                  <span>{assignmentWords(one)}</span>
                  <span className="fr-hint-text">
                    {whyWords(one)}
                    {one.reason && <> : « {one.reason} »</>}
                  </span>
                </li>
              ))}
            </ol>
            {items.length === 100 && <p className="fr-text--sm">Les 100 derniers changements sont ici.</p>}
          </>
        )}
      </Loaded>
    </Dialog>
  )
}

/** Opens it, from a line. */
export const HistoryButton = ({ name, onOpen }: { name: string; onOpen: () => void }) => (
  <Button size="small" priority="tertiary no outline" onClick={onOpen}>
    Historique<span className="fr-sr-only"> de qui s’en occupe : {name}</span>
  </Button>
)
