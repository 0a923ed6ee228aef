import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Button, Empty, Loaded, Section } from '../../ui/index.ts'
import { Person } from './person.tsx'
import { correspondentsQuery } from './queries.ts'
import './correspondents.css'

const AddCorrespondent = lazy(() => import('./correspondent-dialogs.tsx').then(m => ({ default: m.AddCorrespondent })))
const LikelyPairs = lazy(() => import('./likely-pairs.tsx').then(m => ({ default: m.LikelyPairs })))

/** The people known at this employer, each value with its source; two values in conflict stand side by side. */
export const Correspondents = ({ siret }: { siret: string }) => {
  const query = useQuery(correspondentsQuery(siret))
  const [adding, setAdding] = useState(false)
  const add = query.data?.mayAdd ? (
    <Button size="small" priority="secondary" icon="fr-icon-add-line" onClick={() => setAdding(true)}>
      Ajouter un interlocuteur
    </Button>
  ) : undefined
  return (
    <Section title="Interlocuteurs" id="interlocuteurs" actions={add}>
      <Loaded
        query={query}
        lines={2}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucun interlocuteur connu">
              Notez qui vous avez rencontré : la structure suivante saura qui demander.
            </Empty>
          )
        }
      >
        {({ items, alike }) => (
          <>
            {alike.length > 0 && (
              <Suspense fallback={null}>
                <LikelyPairs siret={siret} people={items} pairs={alike} />
              </Suspense>
            )}
            <ul className="cc-people">
              {[...items]
                .sort((one, other) => Number(one.retired) - Number(other.retired))
                .map(person => (
                  <Person key={person.id} siret={siret} person={person} several={items.length > 1} />
                ))}
            </ul>
          </>
        )}
      </Loaded>
      {adding && (
        <Suspense fallback={null}>
          <AddCorrespondent siret={siret} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Section>
  )
}
