import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { Body } from '../../../contract/route.ts'
import { planNextActionAgain } from '../../../contract/work-with-employers/exchanges.ts'
import { call } from '../../platform/api.ts'
import { formatDay, today } from '../../platform/format.ts'
import { newKey } from '../../platform/new-key.ts'
import { asProblem } from '../../platform/problem.ts'
import { Button, DateField, Dialog, Form, Refused, TextField, toast } from '../../ui/index.ts'
import { Owner } from './owner-field.tsx'
import { exchangesChanged } from './queries.ts'
import { quickDays, soonDays } from './values.ts'
import { actionWords, employerName, type NextAction } from './words.ts'

const ProposeDialog = lazy(() => import('./propose-dialog.tsx').then(m => ({ default: m.ProposeDialog })))

const SpentReason = lazy(() => import('../solicitations/spent-reason.tsx').then(m => ({ default: m.SpentReason })))
const isSpent = (problem: unknown) => problem !== null && asProblem(problem).code === 'solicitations/spent'

type Plan = Body<typeof planNextActionAgain>
const planOf = ({ dueOn, dueAt, owner }: NextAction): Plan => ({ dueOn, dueAt, ownerId: owner.id })

const send = ({ id, version }: NextAction, body: Plan, idempotencyKey = newKey()) =>
  call(planNextActionAgain, { params: { nextActionId: id }, body, ifMatch: version, idempotencyKey })

/** Handed over, it is the colleague's; it is taken back as it was, while they did nothing of it. */
const told = (before: NextAction, after: NextAction) => {
  const what = actionWords[after.kind].toLowerCase()
  const handed = after.owner.id !== before.owner.id
  toast(handed ? `Confié à ${after.owner.name} : ${what}.` : `Reporté au ${formatDay(after.dueOn)} : ${what}.`, {
    run: async () => {
      const beyondBudget = handed ? 'Confié par erreur, repris aussitôt' : 'Report annulé aussitôt'
      await send(after, { ...planOf(before), beyondBudget })
      await exchangesChanged()
    },
    done: handed
      ? `De nouveau à ${before.owner.name} : ${what}, le ${formatDay(before.dueOn)}.`
      : `De nouveau prévu le ${formatDay(before.dueOn)} : ${what}.`,
  })
}

/** `sent` comes before it is told: a dialog that still stood would keep the keys from the toast. */
const planAgain = async (
  action: NextAction,
  change: Partial<Plan>,
  { idempotencyKey, sent }: { readonly idempotencyKey?: string; readonly sent?: () => void } = {},
) => {
  const after = await send(action, { ...planOf(action), ...change }, idempotencyKey)
  sent?.()
  told(action, after)
  await exchangesChanged()
}

/** What is due is moved in one press; any action, to a chosen day or to a colleague. */
export const PlanAgain = ({ action, onMoved }: { action: NextAction; onMoved: () => void }) => {
  const [choosing, setChoosing] = useState<'plan' | 'propose' | null>(null)
  const move = useMutation({
    mutationFn: (dueOn: string) => planAgain(action, { dueOn }),
    onSuccess: onMoved,
    // The dialog asks why.
    onError: problem => isSpent(problem) && setChoosing('plan'),
  })
  const spent = isSpent(move.error)
  const which = (what: string) => (
    <span className="fr-sr-only">
      {' '}
      : {what}
      {actionWords[action.kind].toLowerCase()}, {employerName(action)}
    </span>
  )
  const now = today()
  return (
    <>
      {action.dueOn <= now &&
        soonDays(now).map(({ label, day }) => (
          <Button
            key={label}
            size="small"
            priority="tertiary no outline"
            busy={move.isPending && move.variables === day}
            onClick={() => move.mutate(day)}
          >
            {label.charAt(0).toUpperCase() + label.slice(1)}
            {which('reporter, ')}
          </Button>
        ))}
      <Button size="small" priority="tertiary no outline" onClick={() => setChoosing('plan')}>
        Reporter…{which('')}
      </Button>
      {move.error && !spent && <Refused problem={move.error} />}
      {choosing === 'plan' && (
        <PlanDialog
          action={action}
          {...(spent ? { full: move.variables } : {})}
          onClose={() => {
            setChoosing(null)
            move.reset()
          }}
          onMoved={onMoved}
          onPropose={() => setChoosing('propose')}
        />
      )}
      {choosing === 'propose' && (
        <Suspense>
          <ProposeDialog action={action} onClose={() => setChoosing(null)} />
        </Suspense>
      )}
    </>
  )
}

const PlanDialog = ({
  action,
  full,
  onClose,
  onMoved,
  onPropose,
}: {
  action: NextAction
  /** A day chosen before, on which the employer has no solicitation left. */
  full?: string | undefined
  onClose: () => void
  onMoved: () => void
  onPropose: () => void
}) => {
  const now = today()
  const [owner, setOwner] = useState({ ownerId: action.owner.id, ownerName: action.owner.name })
  const [why, setWhy] = useState(full !== undefined)
  return (
    <Dialog title="Reporter ou confier" onClose={onClose}>
      <p>
        {actionWords[action.kind]}, {employerName(action)}
      </p>
      <Form
        draft={{ name: 'next-action', about: action.id, version: action.version }}
        submit="Enregistrer"
        onCancel={onClose}
        onSubmit={async ({ dueOn = '', dueAt = '', beyondBudget = '' }, { idempotencyKey }) => {
          const reason = beyondBudget.trim() ? { beyondBudget: beyondBudget.trim() } : {}
          try {
            const change = { dueOn, dueAt: dueAt || null, ownerId: owner.ownerId, ...reason }
            await planAgain(action, change, { idempotencyKey, sent: onClose })
          } catch (problem) {
            if (isSpent(problem)) setWhy(true)
            throw problem
          }
          onMoved()
        }}
      >
        <DateField
          name="dueOn"
          label="Date prévue"
          required
          min={now}
          quick={quickDays(now)}
          defaultValue={full ?? (action.dueOn < now ? '' : action.dueOn)}
        />
        <TextField name="dueAt" label="Heure" type="time" width="short" defaultValue={action.dueAt ?? ''} />
        <Owner
          siret={action.siret}
          values={owner}
          onChange={(ownerId, ownerName) => setOwner({ ownerId, ownerName })}
        />
        {why && (
          <Suspense>
            <SpentReason />
          </Suspense>
        )}
      </Form>
      <p className="fr-mt-2w fr-mb-0">
        <Button size="small" priority="tertiary" onClick={onPropose}>
          Proposer à une autre structure…
        </Button>
      </p>
    </Dialog>
  )
}
