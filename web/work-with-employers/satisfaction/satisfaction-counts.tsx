import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ofStructure } from '../../../contract/names-in-french.ts'
import { formatCount, formatShare } from '../../platform/format.ts'
import { Button, Loaded } from '../../ui/index.ts'
import { type SatisfactionCount, satisfactionCountQuery } from './queries.ts'

/** « 12 avis demandés, 8 réponses, 75 % plutôt ou tout à fait satisfaits » */
const sentence = ({ asked, answered, ratings }: SatisfactionCount): string => {
  const [, , rather = 0, wholly = 0] = ratings ?? []
  return [
    formatCount(asked, 'avis demandé', 'avis demandés'),
    formatCount(answered, 'réponse'),
    ...(answered > 0 && ratings ? [`${formatShare(rather + wholly, answered)} plutôt ou tout à fait satisfaits`] : []),
  ].join(', ')
}

/** What employers answered, by structure that follows their needs: counted when one asks. */
export const SatisfactionCounts = ({ territory }: { territory: number | undefined }) => {
  const [shown, setShown] = useState(false)
  return (
    <div className="fr-mb-3w">
      <Button size="small" priority="tertiary" expanded={shown} onClick={() => setShown(!shown)}>
        Avis des employeurs
      </Button>
      {shown && <Counts territory={territory} />}
    </div>
  )
}
const Counts = ({ territory }: { territory: number | undefined }) => (
  <Loaded query={useQuery(satisfactionCountQuery(territory))} lines={1}>
    {({ items }) =>
      items.length === 0 ? (
        <p>Aucun avis n’a été demandé ici. Il l’est trois jours après la clôture d’un besoin.</p>
      ) : (
        <ul>
          {items.map(item => (
            <li key={item.organisation.id}>
              Besoins {ofStructure(item.organisation.name)} : {sentence(item)}.
            </li>
          ))}
        </ul>
      )
    }
  </Loaded>
)
