import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Button, Empty, Loaded, Section } from '../../ui/index.ts'
import { CommitmentLine } from './commitment-line.tsx'
import { commitmentsQuery } from './queries.ts'
import './commitments.css'

const NoteDialog = lazy(() => import('./note-dialog.tsx').then(m => ({ default: m.NoteDialog })))

/** On the card: what the employer committed to, what holds first; noted in one gesture. */
export const Commitments = ({ siret, name }: { siret: string; name: string }) => {
  const query = useQuery(commitmentsQuery(siret))
  const [noting, setNoting] = useState(false)
  const current = query.data?.items.filter(({ state }) => state === 'current') ?? []
  const past = query.data?.items.filter(({ state }) => state !== 'current') ?? []
  const note = query.data?.mayNote ? (
    <Button size="small" priority="secondary" icon="fr-icon-add-line" onClick={() => setNoting(true)}>
      Noter un engagement
    </Button>
  ) : undefined
  return (
    <Section title="Engagements" id="engagements" actions={note}>
      <Loaded
        query={query}
        lines={2}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucun engagement connu">
              Chartes, labels, clauses d’insertion, promesses d’embauche : ce qui est noté ici sert à tout le réseau.
            </Empty>
          )
        }
      >
        {() => (
          <>
            {current.length > 0 ? (
              <ul className="cc-commitments">
                {current.map(one => (
                  <CommitmentLine key={one.id} commitment={one} />
                ))}
              </ul>
            ) : (
              <p>Aucun engagement en cours.</p>
            )}
            {past.length > 0 && (
              <details className="cc-operation">
                <summary>Engagements passés ou retirés ({past.length})</summary>
                <ul className="cc-commitments">
                  {past.map(one => (
                    <CommitmentLine key={one.id} commitment={one} />
                  ))}
                </ul>
              </details>
            )}
          </>
        )}
      </Loaded>
      {noting && (
        <Suspense fallback={null}>
          <NoteDialog siret={siret} name={name} onClose={() => setNoting(false)} />
        </Suspense>
      )}
    </Section>
  )
}
