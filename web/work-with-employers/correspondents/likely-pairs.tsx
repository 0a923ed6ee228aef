import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { tellCorrespondentsApart } from '../../../contract/work-with-employers/correspondents/merging.ts'
import { call } from '../../platform/api.ts'
import { Button, Refused, toast } from '../../ui/index.ts'
import { correspondentsChanged } from './queries.ts'
import { type Correspondent, metWords, personName } from './words.ts'

const MergeCorrespondents = lazy(() => import('./merge-dialog.tsx').then(m => ({ default: m.MergeCorrespondents })))

interface Props {
  siret: string
  people: readonly Correspondent[]
  pairs: readonly { readonly one: string; readonly other: string }[]
}
/** Those likely one person, proposed to whoever may merge them. The first in place is kept. */
export const LikelyPairs = ({ siret, people, pairs }: Props) => (
  <ul className="fr-raw-list cc-pairs">
    {pairs.flatMap(pair => {
      const two = [pair.one, pair.other].flatMap(id => people.find(person => person.id === id) ?? [])
      const kept = two.find(({ allowed }) => allowed.includes('merge'))
      const other = two.find(person => person !== kept)
      return kept && other ? [<LikelyPair key={kept.id + other.id} siret={siret} kept={kept} other={other} />] : []
    })}
  </ul>
)

interface PairProps {
  siret: string
  kept: Correspondent
  other: Correspondent
}
const LikelyPair = ({ siret, kept, other }: PairProps) => {
  const [open, setOpen] = useState(false)
  const apart = useMutation({
    mutationFn: () =>
      call(tellCorrespondentsApart, {
        params: { correspondentId: kept.id },
        body: { otherId: other.id },
        ifMatch: kept.version,
      }),
    onSuccess: () => {
      toast('Noté : ce sont deux personnes.')
      return correspondentsChanged()
    },
    onError: () => void correspondentsChanged(),
  })
  const names = `${personName(kept)} et ${personName(other)}`
  const which = <span className="fr-sr-only"> : {names}</span>
  return (
    <li className="cc-pairs__pair">
      <span>
        Sans doute une seule personne : <strong>{metWords(kept)}</strong> et <strong>{metWords(other)}</strong>.
      </span>
      <span className="cc-pairs__acts">
        <Button size="small" priority="secondary" onClick={() => setOpen(true)}>
          Comparer et fusionner{which}
        </Button>
        <Button size="small" priority="tertiary" busy={apart.isPending} onClick={() => apart.mutate()}>
          Ce sont deux personnes{which}
        </Button>
      </span>
      {apart.error && <Refused problem={apart.error} />}
      {open && (
        <Suspense fallback={null}>
          <MergeCorrespondents siret={siret} person={kept} other={other} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </li>
  )
}
