import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { mostPerMonth, setSolicitationBudget } from '../../../contract/work-with-employers/solicitations.ts'
import { call } from '../../platform/api.ts'
import { formatNumber } from '../../platform/format.ts'
import { Dialog, Difference, Form, TextField } from '../../ui/index.ts'
import { type Budget, budgetQuery } from './queries.ts'

export const BudgetDialog = ({
  territoryId,
  budget,
  onClose,
}: {
  territoryId: number
  budget: Budget
  onClose: () => void
}) => {
  const queries = useQueryClient()
  const version = useRef(budget.version)
  const mine = useRef('')
  const keep = (current: Budget) => queries.setQueryData(budgetQuery(territoryId).queryKey, current)
  return (
    <Dialog title="Sollicitations par employeur" onClose={onClose}>
      <p>
        Le nombre vaut dès maintenant, pour toutes les structures et tous les employeurs de ce CLPE. Une semaine en a le
        quart, arrondi au-dessus.
      </p>
      <Form
        draft={{ name: 'budget', about: territoryId }}
        submit="Enregistrer"
        done="Le nombre de sollicitations est changé."
        onCancel={onClose}
        onSubmit={async ({ perMonth = '' }, { idempotencyKey }) => {
          mine.current = perMonth
          keep(
            await call(setSolicitationBudget, {
              params: { territoryId },
              ifMatch: version.current,
              idempotencyKey,
              body: { perMonth: Number(perMonth) },
            }),
          )
          onClose()
        }}
        explain={problem => {
          if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
          const current = problem.current as Budget
          return (
            <Difference
              rows={[{ label: 'Par mois', mine: mine.current, theirs: formatNumber(current.perMonth) }]}
              onKeepMine={() => {
                version.current = current.version
              }}
              onTakeTheirs={() => {
                keep(current)
                onClose()
              }}
            />
          )
        }}
      >
        <TextField
          name="perMonth"
          label="Sollicitations par mois"
          hint={`De 1 à ${mostPerMonth}`}
          type="number"
          min={1}
          max={mostPerMonth}
          width="short"
          required
          defaultValue={String(budget.perMonth)}
        />
      </Form>
    </Dialog>
  )
}
