import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Button, Empty, Loaded, Section } from '../../ui/index.ts'
import { NeedCard } from './need-card.tsx'
import { needsAtQuery } from './queries.ts'
import './needs.css'

const NoteNeedDialog = lazy(() => import('./need-dialog.tsx').then(m => ({ default: m.NoteNeedDialog })))

/** On the card: what the employer needs, what still waits first; noted in one gesture. */
export const NeedsBlock = ({ siret, name }: { siret: string; name: string }) => {
  const query = useQuery(needsAtQuery(siret))
  const [noting, setNoting] = useState(false)
  const standing = query.data?.items.filter(({ closedAt }) => closedAt === null) ?? []
  const past = query.data?.items.filter(({ closedAt }) => closedAt !== null) ?? []
  const note = query.data?.mayNote ? (
    <Button size="small" priority="secondary" icon="fr-icon-add-line" onClick={() => setNoting(true)}>
      Noter un besoin
    </Button>
  ) : undefined
  return (
    <Section title="Besoins" id="besoins" actions={note}>
      <Loaded
        query={query}
        lines={2}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucun besoin connu">
              Recrutement, formation, immersion, conseil : ce qui est noté ici peut être proposé à la structure la mieux
              placée.
            </Empty>
          )
        }
      >
        {() => (
          <>
            {standing.length > 0 ? (
              <ul className="cc-needs">
                {standing.map(need => (
                  <NeedCard key={need.id} need={need} />
                ))}
              </ul>
            ) : (
              <p>Aucun besoin en cours.</p>
            )}
            {past.length > 0 && (
              <details className="cc-operation">
                <summary>Besoins pourvus, répondus ou abandonnés ({past.length})</summary>
                <ul className="cc-needs">
                  {past.map(need => (
                    <NeedCard key={need.id} need={need} />
                  ))}
                </ul>
              </details>
            )}
          </>
        )}
      </Loaded>
      {noting && (
        <Suspense fallback={null}>
          <NoteNeedDialog siret={siret} name={name} onClose={() => setNoting(false)} />
        </Suspense>
      )}
    </Section>
  )
}
