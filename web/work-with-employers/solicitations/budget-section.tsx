import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { formatCount, formatInstant, formatNumber } from '../../platform/format.ts'
import { shortOrganisation } from '../../platform/names.ts'
import { Button, Section } from '../../ui/index.ts'
import { type Budget, budgetQuery } from './queries.ts'

const BudgetDialog = lazy(() => import('./budget-dialog.tsx').then(m => ({ default: m.BudgetDialog })))

/** How many times a month the network may solicit an employer of a CLPE: nothing where there is no task force. */
export const BudgetSection = ({ territoryId }: { territoryId: number }) => {
  const { data } = useQuery(budgetQuery(territoryId))
  const [setting, setSetting] = useState(false)
  if (!data) return null
  const { perMonth, perWeek, version, allowed } = data
  return (
    <Section
      title="Sollicitations par employeur"
      {...(allowed.includes('set')
        ? {
            actions: (
              <Button size="small" priority="secondary" onClick={() => setSetting(true)}>
                Changer le nombre
              </Button>
            ),
          }
        : {})}
    >
      <p>
        <strong>
          {formatCount(perMonth, 'sollicitation')} par mois et par employeur, {formatNumber(perWeek)} par semaine
        </strong>{' '}
        pour tout le réseau{version === 0 ? ', tant que la task force n’en fixe pas d’autre' : ''}. Au-delà, s’occuper
        d’une cible, la confier à une personne ou reporter une action demande un motif. Un échange qui a eu lieu
        s’enregistre toujours.
      </p>
      <History budget={data} />
      {setting && (
        <Suspense>
          <BudgetDialog territoryId={territoryId} budget={data} onClose={() => setSetting(false)} />
        </Suspense>
      )}
    </Section>
  )
}

const History = ({ budget: { history } }: { budget: Budget }) =>
  history.length > 0 && (
    <details className="cc-operation">
      <summary>Qui l’a fixé</summary>
      <ul>
        {history.map(({ perMonth, setAt, setBy, organisation }) => (
          <li key={setAt}>
            {formatInstant(setAt)} : {formatCount(perMonth, 'sollicitation')} par mois,{' '}
            {setBy
              ? `par ${setBy.name} (${shortOrganisation(organisation.name)})`
              : shortOrganisation(organisation.name)}
          </li>
        ))}
      </ul>
    </details>
  )
