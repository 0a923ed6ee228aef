import { useMutation } from '@tanstack/react-query'
import { formatTime } from '../../platform/format.ts'
import { Badge, Button, Refused, RelativeDay } from '../../ui/index.ts'
import { PlanAgain } from './plan-again.tsx'
import { exchangesChanged } from './queries.ts'
import { finish, toastFinished } from './undoing.ts'
import { actionWords, employerName, type NextAction } from './words.ts'

/** When it is due, and whether it is late. */
export const Due = ({ action: { dueOn, dueAt, late } }: { action: NextAction }) => (
  <span>
    <RelativeDay date={dueOn} />
    {dueAt && ` à ${formatTime(dueAt)}`}
    {late && (
      <>
        {' '}
        <Badge tone="error">en retard</Badge>
      </>
    )}
  </span>
)

/** What one may do of a next action: finish it, move it, hand it over. `onDone`: its line went away, or moved. */
export const NextActionActs = ({ action, onDone }: { action: NextAction; onDone: () => void }) => {
  const finishing = useMutation({
    mutationFn: finish,
    onSuccess: async done => {
      toastFinished(done)
      await exchangesChanged()
      onDone()
    },
  })
  return (
    <>
      {action.allowed.includes('finish') && (
        <Button
          size="small"
          priority="tertiary no outline"
          busy={finishing.isPending}
          onClick={() => finishing.mutate(action)}
        >
          Fait
          <span className="fr-sr-only">
            {' '}
            : {actionWords[action.kind].toLowerCase()}, {employerName(action)}
          </span>
        </Button>
      )}
      {action.allowed.includes('plan-again') && <PlanAgain action={action} onMoved={onDone} />}
      {finishing.error && <Refused problem={finishing.error} />}
    </>
  )
}
