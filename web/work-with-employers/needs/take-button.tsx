import { useMutation } from '@tanstack/react-query'
import { takeNeed } from '../../../contract/work-with-employers/needs.ts'
import { call } from '../../platform/api.ts'
import { newKey } from '../../platform/new-key.ts'
import { asProblem } from '../../platform/problem.ts'
import { Button, Notice, Refused, toast } from '../../ui/index.ts'
import { needsChanged } from './queries.ts'

/** Takes a need; whoever comes second reads by whom it was taken. */
export const TakeButton = ({ needId, what, size }: { needId: string; what: string; size?: 'small' }) => {
  const take = useMutation({
    mutationFn: () => call(takeNeed, { params: { needId }, idempotencyKey: newKey() }),
    onSuccess: async () => {
      toast(`Pris en charge : ${what}.`)
      await needsChanged()
    },
  })
  return (
    <>
      <Button {...(size ? { size } : {})} busy={take.isPending} onClick={() => take.mutate()}>
        Prendre en charge<span className="fr-sr-only"> : {what}</span>
      </Button>
      {take.error && <NotTaken error={take.error} />}
    </>
  )
}

const NotTaken = ({ error }: { error: unknown }) => {
  const { code, facts } = asProblem(error)
  const { takenBy } = (facts ?? {}) as { takenBy?: { name: string } | null }
  if (code !== 'need/taken' || !takenBy) return <Refused problem={error} />
  return (
    <Notice tone="warning" title="Déjà pris en charge">
      {takenBy.name} vient de prendre ce besoin.{' '}
      <Button size="small" priority="secondary" onClick={() => void needsChanged()}>
        Relire
      </Button>
    </Notice>
  )
}
