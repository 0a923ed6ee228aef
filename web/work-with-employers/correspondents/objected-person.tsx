import { lazy, Suspense, useState } from 'react'
import { formatDay } from '../../platform/format.ts'
import { Badge, Button } from '../../ui/index.ts'
import { type Correspondent, informedWords } from './words.ts'

const LiftObjection = lazy(() => import('./objection-dialogs.tsx').then(m => ({ default: m.LiftObjection })))

/** Nothing is left of them but that they objected: nobody notes them again. */
export const ObjectedPerson = ({ person }: { person: Correspondent }) => {
  const [lifting, setLifting] = useState(false)
  const { objected, allowed } = person
  if (!objected) return null
  return (
    <>
      <h3>
        Une personne <Badge tone="warning">opposition</Badge>
      </h3>
      <p>
        S’est opposée à la conservation de ses données, {informedWords[objected.how]}, le {formatDay(objected.on)} (
        {objected.organisationName}). Elles sont effacées et ne se saisissent plus.
      </p>
      {allowed.includes('lift') && (
        <div className="cc-person__acts">
          <Button size="small" priority="tertiary no outline" onClick={() => setLifting(true)}>
            Lever l’opposition<span className="fr-sr-only"> du {formatDay(objected.on)}</span>
          </Button>
        </div>
      )}
      {lifting && (
        <Suspense fallback={null}>
          <LiftObjection person={person} onClose={() => setLifting(false)} />
        </Suspense>
      )}
    </>
  )
}
