import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Body } from '../../../contract/route.ts'
import { planNextActionAgain } from '../../../contract/work-with-employers/exchanges.ts'
import { call } from '../../platform/api.ts'
import { formatDay, today } from '../../platform/format.ts'
import { Button, DateField, Dialog, Form, Refused, TextField, toast } from '../../ui/index.ts'
import { Owner } from './owner-field.tsx'
import { exchangesChanged } from './queries.ts'
import { quickDays, soonDays } from './values.ts'
import { actionWords, employerName, type NextAction } from './words.ts'

type Plan = Body<typeof planNextActionAgain>
const planOf = ({ dueOn, dueAt, owner }: NextAction): Plan => ({ dueOn, dueAt, ownerId: owner.id })

const send = ({ id, version }: NextAction, body: Plan) =>
  call(planNextActionAgain, { params: { nextActionId: id }, body, ifMatch: version })

/** Handed over, it is the colleague's to plan: there is nothing to take back. */
const told = (before: NextAction, after: NextAction) => {
  const what = actionWords[after.kind].toLowerCase()
  if (after.owner.id !== before.owner.id) return toast(`Confié à ${after.owner.name} : ${what}.`)
  toast(`Reporté au ${formatDay(after.dueOn)} : ${what}.`, {
    run: async () => {
      await send(after, planOf(before))
      await exchangesChanged()
    },
    done: `De nouveau prévu le ${formatDay(before.dueOn)} : ${what}.`,
  })
}

const planAgain = async (action: NextAction, change: Partial<Plan>) => {
  told(action, await send(action, { ...planOf(action), ...change }))
  await exchangesChanged()
}

/** What is due is moved in one press; any action, to a chosen day or to a colleague. */
export const PlanAgain = ({ action, onMoved }: { action: NextAction; onMoved: () => void }) => {
  const [choosing, setChoosing] = useState(false)
  const move = useMutation({
    mutationFn: (dueOn: string) => planAgain(action, { dueOn }),
    onSuccess: onMoved,
  })
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
      <Button size="small" priority="tertiary no outline" onClick={() => setChoosing(true)}>
        Reporter…{which('')}
      </Button>
      {move.error && <Refused problem={move.error} />}
      {choosing && <PlanDialog action={action} onClose={() => setChoosing(false)} onMoved={onMoved} />}
    </>
  )
}

const PlanDialog = ({ action, onClose, onMoved }: { action: NextAction; onClose: () => void; onMoved: () => void }) => {
  const now = today()
  const [owner, setOwner] = useState({ ownerId: action.owner.id, ownerName: action.owner.name })
  return (
    <Dialog title="Reporter ou confier" onClose={onClose}>
      <p>
        {actionWords[action.kind]}, {employerName(action)}
      </p>
      <Form
        submit="Enregistrer"
        onCancel={onClose}
        onSubmit={async ({ dueOn = '', dueAt = '' }) => {
          await planAgain(action, { dueOn, dueAt: dueAt || null, ownerId: owner.ownerId })
          onClose()
          onMoved()
        }}
      >
        <DateField
          name="dueOn"
          label="Date prévue"
          required
          min={now}
          quick={quickDays(now)}
          defaultValue={action.dueOn < now ? '' : action.dueOn}
        />
        <TextField name="dueAt" label="Heure" type="time" width="short" defaultValue={action.dueAt ?? ''} />
        <Owner
          siret={action.siret}
          values={owner}
          onChange={(ownerId, ownerName) => setOwner({ ownerId, ownerName })}
        />
      </Form>
    </Dialog>
  )
}
